<?php

declare(strict_types=1);

namespace FedVerify\Core\Report;

use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Tables\Check;
use FedVerify\Core\Tables\Outcome;

/** What became of a step: core/src/report/step.rs. */
final class Step
{
    /** @var string one of Tables\Check */
    private $check;

    /** @var string one of Tables\Outcome */
    private $outcome;

    /** @var string */
    private $detail;

    public function __construct(string $check, string $outcome, string $detail)
    {
        $this->check = $check;
        $this->outcome = $outcome;
        $this->detail = $detail;
    }

    /** A step that passed; without a detail, what that means. */
    public static function pass(string $check, ?string $detail = null): self
    {
        return new self($check, Outcome::PASS, $detail ?? Check::MEANINGS[$check]);
    }

    public static function skipped(string $check, string $detail): self
    {
        return new self($check, Outcome::SKIPPED, $detail);
    }

    public function check(): string
    {
        return $this->check;
    }

    public function outcome(): string
    {
        return $this->outcome;
    }

    public function toValue(): JsonObject
    {
        $members = ['check' => $this->check, 'outcome' => $this->outcome, 'detail' => $this->detail];
        return JsonObject::ofMembers($members);
    }
}

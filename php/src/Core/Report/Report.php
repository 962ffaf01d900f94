<?php

declare(strict_types=1);

namespace FedVerify\Core\Report;

use FedVerify\Core\Fault;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Json\JsonObject;
use FedVerify\Core\Pin\Pin;
use FedVerify\Core\Tables\Outcome;
use FedVerify\Core\Warning;

/**
 * The one account of a verification: core/src/report/mod.rs. It is written to the JSON that schema/report.v1.json describes.
 * Only a verification makes one; the parts are set by its account.
 */
final class Report
{
    private const SCHEMA = 'fedverify/report/v1';

    /** @var string one of Tables\Trust; null where nothing was proven that the verdict could rest on */
    public ?string $trust = null;

    public ?Fault $error = null;

    /** @var list<Warning> */
    public array $warnings = [];

    public ?JsonObject $identity = null;

    public ?JsonObject $release = null;

    public ?string $alias = null;

    public ?JsonObject $package = null;

    public ?JsonObject $plugin = null;

    public ?string $challenge = null;

    public ?JsonObject $federation = null;

    public ?JsonObject $author = null;

    public ?string $assetUrl = null;

    public ?JsonObject $key = null;

    public ?Pin $pin = null;

    private string $kind;

    private string $verdict;

    /** @var list<Step> */
    private array $checks;

    /**
     * A report of these steps, without facts.
     *
     * @param list<Step> $checks
     */
    public function __construct(string $kind, string $verdict, array $checks)
    {
        $this->kind = $kind;
        $this->verdict = $verdict;
        $this->checks = $checks;
    }

    /**
     * Says more of steps that passed.
     *
     * @param list<Step> $details
     */
    public function describe(array $details): void
    {
        foreach ($details as $detail) {
            foreach ($this->checks as $place => $step) {
                if ($step->check() === $detail->check() && $step->outcome() === Outcome::PASS) {
                    $this->checks[$place] = $detail;
                }
            }
        }
    }

    /** @param list<Warning> $warnings */
    public function warn(array $warnings): void
    {
        foreach ($warnings as $warning) {
            $this->warnings[] = $warning;
        }
    }

    /** The report as JSON on one line. */
    public function toJson(): string
    {
        $steps = array_map(static function (Step $step): JsonObject {
            return $step->toValue();
        }, $this->checks);
        $warnings = array_map(static function (Warning $warning): JsonObject {
            return JsonObject::ofMembers(['code' => $warning->code(), 'message' => $warning->message()]);
        }, $this->warnings);
        $members = ['schema' => self::SCHEMA, 'verdict' => $this->verdict, 'kind' => $this->kind];
        $members += self::present(['trust' => $this->trust]);
        $members += ['error' => $this->errorFacts(), 'warnings' => $warnings, 'checks' => $steps];
        return Json::write(JsonObject::ofMembers($members + self::present($this->facts())));
    }

    private function errorFacts(): ?JsonObject
    {
        $error = $this->error;
        if ($error === null) {
            return null;
        }
        $members = ['code' => $error->errorCode(), 'message' => $error->message(), 'remedy' => $error->remedy()];
        $where = ['operation' => $error->operation(), 'cid' => $error->cid(), 'limit' => $error->limit()];
        return JsonObject::ofMembers($members + self::present($where));
    }

    /** @return array<string, mixed> */
    private function facts(): array
    {
        return [
            'identity' => $this->identity,
            'release' => $this->release,
            'alias' => $this->alias,
            'package' => $this->package,
            'plugin' => $this->plugin,
            'challenge' => $this->challenge,
            'federation' => $this->federation,
            'author' => $this->author,
            'assetUrl' => $this->assetUrl,
            'key' => $this->key,
            'pin' => $this->pin === null ? null : $this->pin->toValue(),
        ];
    }

    /**
     * The members that are not null.
     *
     * @param array<string, mixed> $members
     * @return array<string, mixed>
     */
    public static function present(array $members): array
    {
        return array_filter($members, static function ($value): bool {
            return $value !== null;
        });
    }
}

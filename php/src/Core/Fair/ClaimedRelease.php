<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Limits;
use FedVerify\Core\Memory;
use FedVerify\Core\Problem;

/**
 * A release as claimed. Documents hold many, and a malformed old one must not stop a sound new one: what is wrong is
 * kept, and refused when it is asked for.
 */
final class ClaimedRelease
{
    private ?string $text;
    private ?ReleaseContent $content = null;

    /** What is wrong, and its code. No Fault, which would keep a stack trace: there can be very many. */
    private string $problem = '';
    private string $code = Code::FAIR_RELEASE_MALFORMED;

    private function __construct(?string $text)
    {
        $this->text = $text;
    }

    /**
     * @param mixed $value as the strict reader gives it
     * @throws Fault `io.memory`
     */
    public static function fromJson($value, Limits $limits, Memory $memory): self
    {
        $fields = Fields::fromValue($value);
        if ($fields === null) {
            return self::malformed('a release must be an object, found ' . Json::kind($value));
        }
        try {
            $text = $fields->takeString('version');
        } catch (Problem $problem) {
            return self::malformed('in a release, ' . $problem->getMessage());
        }
        $release = new self($text);
        try {
            $release->content = ReleaseContent::read($text, $fields, $limits, $memory);
        } catch (Fault $fault) {
            if ($fault->isUndetermined()) {
                throw $fault;
            }
            $release->problem = $fault->message();
            $release->code = $fault->errorCode();
        }
        return $release;
    }

    private static function malformed(string $problem): self
    {
        $release = new self(null);
        $release->problem = $problem;
        return $release;
    }

    /** The `version`, where it is a string. */
    public function text(): ?string
    {
        return $this->text;
    }

    /** The release, where it is well-formed. */
    public function wellFormed(): ?ReleaseContent
    {
        return $this->content;
    }

    /** What is wrong with it, where it is not well-formed. */
    public function problem(): string
    {
        return $this->problem;
    }

    /** @throws Fault Code::FAIR_RELEASE_MALFORMED, Code::FAIR_VERSION_INVALID */
    public function content(): ReleaseContent
    {
        if ($this->content === null) {
            throw new Fault($this->code, $this->problem);
        }
        return $this->content;
    }
}

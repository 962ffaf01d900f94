<?php

declare(strict_types=1);

namespace FedVerify\Core;

use FedVerify\Core\Tables\Codes;

/**
 * A refusal, or the statement that nothing could be judged: core/src/error.rs. The message is safe to print; strings
 * from the input are quoted, escaped and cut in it.
 */
final class Fault extends \Exception
{
    /** @var string one of FedVerify\Code */
    private $errorCode;

    /** @var string|null one of Tables\Check */
    private $check;

    /** @var int|null */
    private $operation;

    /** @var string|null */
    private $cid;

    /** @var string|null */
    private $limit;

    /** @var \ReflectionProperty|null the trace of every exception */
    private static $trace;

    public function __construct(string $code, string $message)
    {
        parent::__construct($message);
        $this->errorCode = $code;
        self::forgetTrace($this);
    }

    /**
     * A trace holds the arguments of every call on the way, such as a log of 8 MiB. What keeps the fault may be among them: then
     * all of it stays until PHP looks for cycles.
     */
    private static function forgetTrace(self $fault): void
    {
        if (self::$trace === null) {
            self::$trace = new \ReflectionProperty(\Exception::class, 'trace');
            // From PHP 8.1 on it does nothing, and from 8.5 on it says so.
            if (PHP_VERSION_ID < 80100) {
                self::$trace->setAccessible(true);
            }
        }
        self::$trace->setValue($fault, []);
    }

    /** An input above a limit. The message names the limit, so that the caller knows what to raise. */
    public static function aboveLimit(string $code, string $found, string $limit, int $value): self
    {
        return (new self($code, "$found; the limit $limit is $value"))->withLimit($limit);
    }

    /** The same, where it is not known how much more than the limit there is: $found is what there is more of. */
    public static function beyondLimit(string $code, string $found, string $limit, int $value): self
    {
        return (new self($code, "$found than $value, the limit $limit"))->withLimit($limit);
    }

    /** Says at which step the fault arose. The first call wins: the innermost caller knows best. */
    public function at(string $check): self
    {
        $this->check = $this->check ?? $check;
        return $this;
    }

    public function atOperation(int $index): self
    {
        $this->operation = $index;
        return $this;
    }

    /** Keeps the limit of a fault that another one takes the place of. */
    public function withLimit(?string $limit): self
    {
        $this->limit = $limit;
        return $this;
    }

    public function withCid(string $cid): self
    {
        $this->cid = $cid;
        return $this;
    }

    public function errorCode(): string
    {
        return $this->errorCode;
    }

    /** What was expected, what was found, and where. */
    public function message(): string
    {
        return $this->message;
    }

    /** What to do next, in one line. */
    public function remedy(): string
    {
        return Codes::REMEDIES[$this->errorCode];
    }

    /** The index in the log of the operation that the fault is about, counted from 0. */
    public function operation(): ?int
    {
        return $this->operation;
    }

    /** The recomputed CID of the operation that the fault is about, where it could be computed. */
    public function cid(): ?string
    {
        return $this->cid;
    }

    /** The name of the limit that was exceeded, where one was. */
    public function limit(): ?string
    {
        return $this->limit;
    }

    /** The step of the verification that failed. */
    public function check(): ?string
    {
        return $this->check;
    }

    /** Whether nothing could be judged, rather than something judged and refused. */
    public function isUndetermined(): bool
    {
        return in_array($this->errorCode, Codes::UNDETERMINED, true);
    }
}

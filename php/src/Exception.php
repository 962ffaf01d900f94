<?php

declare(strict_types=1);

namespace FedVerify;

/**
 * Why there is no proof. As the extension's class of this name: php-ext/stubs/fedverify.php documents both.
 */
class Exception extends \Exception
{
    /** @var string */
    private $errorCode = '';

    /** @var string */
    private $remedy = '';

    /** @var int|null */
    private $operation;

    /** @var string|null */
    private $cid;

    /** @var string|null */
    private $limit;

    /** @var Report|null */
    private $report;

    public function errorCode(): string
    {
        return $this->errorCode;
    }

    public function remedy(): string
    {
        return $this->remedy;
    }

    public function operation(): ?int
    {
        return $this->operation;
    }

    public function cid(): ?string
    {
        return $this->cid;
    }

    public function limit(): ?string
    {
        return $this->limit;
    }

    public function report(): ?Report
    {
        return $this->report;
    }

    /**
     * What is written down of an exception, and the types that it may have when it is read back.
     *
     * @return array<string, list<string>>
     */
    private static function written(): array
    {
        return [
            'message' => ['string'],
            'code' => ['integer'],
            'file' => ['string'],
            'line' => ['integer'],
            'errorCode' => ['string'],
            'remedy' => ['string'],
            'operation' => ['integer', 'NULL'],
            'cid' => ['string', 'NULL'],
            'limit' => ['string', 'NULL'],
        ];
    }

    /**
     * Not the report: one that is read back would claim what no verification said. Nor the trace, whose arguments may
     * be anything.
     *
     * @return array<string, string|int|null>
     */
    public function __serialize(): array
    {
        $data = [];
        foreach (array_keys(self::written()) as $name) {
            $data[$name] = $this->$name;
        }
        return $data;
    }

    /** @param array<mixed> $data */
    public function __unserialize(array $data): void
    {
        foreach (self::written() as $name => $types) {
            if (!array_key_exists($name, $data) || !in_array(gettype($data[$name]), $types, true)) {
                throw new \Exception('Invalid serialization data for ' . self::class . ' object');
            }
        }
        foreach (array_keys(self::written()) as $name) {
            $this->$name = $data[$name];
        }
    }
}

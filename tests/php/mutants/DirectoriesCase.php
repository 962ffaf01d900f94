<?php

declare(strict_types=1);

namespace Mutants;

use FedVerify\AuditLog;
use FedVerify\Directory;
use FedVerify\Exception;

/** A case of the corpus about several directories: all that is said of it. */
final class DirectoriesCase implements TestCase
{
    /** @var array a case of directories.json */
    private $case;

    /** @param array<string, mixed> $case */
    public function __construct(array $case)
    {
        $this->case = $case;
    }

    public function run(): string
    {
        try {
            return json_encode($this->case['kind'] === 'newest' ? $this->newest() : $this->document());
        } catch (Exception $exception) {
            return $exception->getMessage();
        }
    }

    private function newest(): array
    {
        $identities = [];
        foreach ($this->case['logs'] as $place => $path) {
            $identities["https://$place.example"] = AuditLog::verify(self::read($path), $this->case['did']);
        }
        $newest = Directory::newest($identities);
        return [$newest->url(), $newest->warnings()];
    }

    private function document(): ?array
    {
        $identity = AuditLog::verify(self::read($this->case['log']), $this->case['did']);
        return $identity->compareDocument(self::read($this->case['document']));
    }

    private static function read(string $path): string
    {
        return file_get_contents(CORPUS . "/$path");
    }
}

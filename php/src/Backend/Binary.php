<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;

/** fedverify as the command of that name: one process for each verification, started without a shell. */
final class Binary implements Engine
{
    /** @var string */
    private $path;

    /** @var string */
    private $version;

    private function __construct(string $path, string $version)
    {
        $this->path = $path;
        $this->version = $version;
    }

    /** @throws BackendMissingException */
    public static function find(?string $path): self
    {
        if (!function_exists('proc_open')) {
            throw new BackendMissingException('proc_open is switched off (disable_functions)');
        }
        $path = $path ?? (getenv('FEDVERIFY_BINARY') ?: self::onPath());
        if ($path === null) {
            throw new BackendMissingException('there is no command fedverify in PATH, and FEDVERIFY_BINARY names none');
        }
        [$status, $out] = Process::run([$path, '--version']);
        if ($status !== 0 || preg_match('/^fedverify (\d+\.\d+\.\d+)/', $out, $version) !== 1) {
            throw new BackendMissingException("$path is not the command fedverify, or cannot be started");
        }
        return new self($path, $version[1]);
    }

    private static function onPath(): ?string
    {
        foreach (explode(PATH_SEPARATOR, (string) getenv('PATH')) as $folder) {
            // A relative folder would mean another one in every folder of the site.
            if (strncmp($folder, '/', 1) === 0 && @is_executable("$folder/fedverify")) {
                return "$folder/fedverify";
            }
        }
        return null;
    }

    public function describe(): string
    {
        return "fedverify {$this->version}, $this->path";
    }

    public function verifyLog(string $log, string $did, ?string $pin, int $now, array $limits): string
    {
        return $this->report('plc-log', static function (Scratch $scratch) use ($log, $did, $pin, $now): array {
            return [
                'log', 'verify', $scratch->file('log.json', $log), "--did=$did",
                '--pin=' . $scratch->file('pin.json', $pin), "--now=$now",
            ];
        }, $limits);
    }

    public function verifyPackage(
        string $log,
        string $did,
        string $pin,
        int $now,
        string $metadata,
        LocalFile $package,
        ?string $version,
        ?string $artifactUrl,
        bool $noDowngrade,
        array $limits
    ): string {
        $arguments = static function (Scratch $scratch) use (
            $log,
            $did,
            $pin,
            $now,
            $metadata,
            $package,
            $version,
            $artifactUrl,
            $noDowngrade
        ): array {
            return array_merge(
                ['package', 'verify', $scratch->opened($package), "--did=$did"],
                ['--log=' . $scratch->file('log.json', $log)],
                ['--metadata=' . $scratch->file('metadata.json', $metadata)],
                ['--pin=' . $scratch->file('pin.json', $pin), "--now=$now"],
                $version === null ? [] : ["--release=$version"],
                $artifactUrl === null ? [] : ["--artifact-url=$artifactUrl"],
                $noDowngrade ? ['--no-downgrade'] : []
            );
        };
        return $this->report('fair-package', $arguments, $limits, $package);
    }

    public function verifyPlugin(
        string $key,
        string $record,
        ?string $signature,
        ?LocalFile $archive,
        ?string $archiveSignature,
        array $limits
    ): string {
        $arguments = static function (Scratch $scratch) use (
            $key,
            $record,
            $signature,
            $archive,
            $archiveSignature
        ): array {
            return array_merge(
                ['pfn', 'plugin', '--key=' . $scratch->file('key', $key)],
                ['--plugin=' . $scratch->file('plugin.json', $record)],
                $signature === null ? [] : ["--signature=$signature"],
                $archive === null ? [] : ['--archive=' . $scratch->opened($archive)],
                $archiveSignature === null ? [] : ["--archive-signature=$archiveSignature"]
            );
        };
        return $this->report('pfn-plugin', $arguments, $limits, $archive);
    }

    public function verifyChallenge(string $key, string $challenge, string $signature, array $limits): string
    {
        $arguments = static function (Scratch $scratch) use ($key, $challenge, $signature): array {
            return [
                'pfn', 'challenge', '--key=' . $scratch->file('key', $key), "--challenge=$challenge",
                "--signature=$signature",
            ];
        };
        return $this->report('pfn-challenge', $arguments, $limits);
    }

    public function keyType(string $didKey): ?string
    {
        $report = $this->report('key', static function () use ($didKey): array {
            return ['key', $didKey];
        }, []);
        return json_decode($report)->key->type ?? null;
    }

    /**
     * Runs the command. Its files are private, and gone afterwards.
     *
     * @param callable(Scratch): list<string> $arguments
     * @param array<string, int> $limits
     */
    private function report(string $kind, callable $arguments, array $limits, ?LocalFile $file = null): string
    {
        $scratch = new Scratch();
        try {
            $command = array_merge([$this->path, '--json'], $arguments($scratch));
            foreach ($limits as $name => $limit) {
                array_push($command, '--limit', "$name=$limit");
            }
            if (strpos(implode('', $command), "\0") !== false) {
                return Refusal::atFirstStep($this, $kind, Code::API_ARGUMENT, 'the command can be told no text with a NUL');
            }
            [$status, $out, $said] = Process::run($command, $file === null ? null : $file->stream());
        } finally {
            $scratch->remove();
        }
        // The exit status and the report say the same, or neither is believed.
        $verdict = json_decode($out)->verdict ?? null;
        if ($verdict !== null && ($verdict === 'verified') === ($status === 0)) {
            return $out;
        }
        $message = 'fedverify gave no report: ' . json_encode(substr($said, 0, 200), JSON_INVALID_UTF8_SUBSTITUTE);
        throw new \RuntimeException($message);
    }
}

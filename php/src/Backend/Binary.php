<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Memory;
use FedVerify\Core\Tables\InputName;
use FedVerify\Core\Tables\InputType;

/** fedverify as the command of that name: one process for each verification, started without a shell. */
final class Binary implements Engine
{
    /** Where the command finds the file that PHP opened: its own standard input, so that both see the same file. */
    private const STDIN = '/dev/stdin';

    /** From this many bytes on an input of bytes goes into a file of its own: JSON would hold it several times. */
    private const LARGE_BYTES = 1 << 16;

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
        Series::check($path, $version[1]);
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

    public function verify(string $kind, array $inputs, array $limits, ?string $fault): string
    {
        $scratch = new Scratch();
        try {
            $stream = null;
            foreach ($inputs as $name => $input) {
                if ($input instanceof LocalFile && $input->stream() !== null) {
                    $stream = $input->stream();
                }
                $inputs[$name] = self::member($scratch, (string) $name, $input);
            }
            $request = ['kind' => $kind, 'inputs' => (object) $inputs, 'limits' => (object) $limits];
            $request += $fault === null ? [] : ['refuse' => $fault];
            $json = json_encode($request, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE);
            $command = [$this->path, '--json', 'run', $scratch->file($json)];
            [$status, $out, $said] = Process::run($command, $stream);
        } finally {
            $scratch->remove();
        }
        if (Memory::lacks(Memory::ofDecoded($out))) {
            $message = 'memory_limit has no room for a report of ' . strlen($out) . ' bytes';
            throw Refusal::of(new Fault(Code::IO_MEMORY, $message));
        }
        // The exit status and the report say the same, or neither is believed.
        $verdict = json_decode($out, true)['verdict'] ?? null;
        if ($verdict !== null && ($verdict === 'verified') === ($status === 0)) {
            // The command writes over several lines. Inside of strings JSON escapes line breaks.
            return preg_replace('/\n */', '', $out);
        }
        $message = 'fedverify gave no report: ' . json_encode(substr($said, 0, 200), JSON_INVALID_UTF8_SUBSTITUTE);
        throw new \RuntimeException($message);
    }

    /**
     * An input as the command reads it. A string that is not UTF-8 cannot be in JSON, so it goes into a file, as large
     * ones do.
     *
     * @param string|int|bool|LocalFile $input
     * @return string|int|bool|array<string, string>
     */
    private static function member(Scratch $scratch, string $name, $input)
    {
        $isBytes = (InputName::TYPES[$name] ?? null) === InputType::BYTES;
        $isLarge = is_string($input) && $isBytes && strlen($input) >= self::LARGE_BYTES;
        if ($isLarge || (is_string($input) && preg_match('//u', $input) !== 1)) {
            return ['file' => $scratch->file($input)];
        }
        if (!$input instanceof LocalFile) {
            return $input;
        }
        if ($input->stream() !== null) {
            return ['file' => self::STDIN];
        }
        [$code, $message] = $input->fault();
        return [$code === Code::IO_FILE_MISSING ? 'missing' : 'unreadable' => $message];
    }
}

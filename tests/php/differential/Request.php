<?php

declare(strict_types=1);

use FedVerify\Backend\Engine;
use FedVerify\Backend\LocalFile;
use FedVerify\Core\Tables\InputName;

/** What both implementations are asked. */
final class Request
{
    /** @var string */
    public $kind;

    /** @var array<string, string|int|bool> streams are their bytes */
    public $inputs;

    /** @var array<string, int> */
    public $limits;

    /** @var string|null the verdict, where whoever made the inputs knows it */
    public $verdict;

    /**
     * @param array<string, string|int|bool> $inputs
     * @param array<string, int> $limits
     */
    public function __construct(string $kind, array $inputs, array $limits = [])
    {
        $this->kind = $kind;
        $this->inputs = $inputs;
        $this->limits = $limits;
    }

    /** The report, as JSON. */
    public function reportOf(Engine $engine): string
    {
        $inputs = $this->inputs;
        foreach ($inputs as $name => $input) {
            if (InputName::TYPES[$name] === 'stream') {
                file_put_contents(self::scratch(), $input);
                $inputs[$name] = LocalFile::open(self::scratch());
            }
        }
        return $engine->verify($this->kind, $inputs, $this->limits, null);
    }

    /** Whether JSON can hold every input as it is; the others are written in base64. */
    public function toJson(int $flags = JSON_PRETTY_PRINT): string
    {
        $inputs = array_map(static function ($input) {
            $isBinary = is_string($input) && preg_match('//u', $input) !== 1;
            return $isBinary ? ['base64' => base64_encode($input)] : $input;
        }, $this->inputs);
        $flags |= JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE;
        return json_encode(['kind' => $this->kind, 'inputs' => $inputs, 'limits' => (object) $this->limits], $flags);
    }

    private static function scratch(): string
    {
        static $path = null;
        if ($path === null) {
            $path = tempnam(sys_get_temp_dir(), 'fedverify-differential-');
            register_shutdown_function('unlink', $path);
        }
        return $path;
    }
}

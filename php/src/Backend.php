<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\BackendMissingException;
use FedVerify\Backend\Binary;
use FedVerify\Backend\Engine;
use FedVerify\Backend\Library;
use FedVerify\Backend\Php;

/**
 * Which way PHP takes to fedverify: the extension, else the C library through PHP's FFI, else the command, else the
 * core in PHP.
 *
 *     $backend = FedVerify\Backend::detect();
 *     echo $backend->name(), "\n", $backend->explanation();
 */
final class Backend
{
    private const SETTINGS = ['binary', 'library', 'only'];

    /** The ways without the extension, in the order in which they are tried. */
    private const WAYS = ['ffi', 'binary', 'php'];

    /** @var self|null */
    private static $detected;

    /** @var BackendMissingException|null that there is none: to look again would try programs and libraries again */
    private static $missing;

    /** @var array{binary?: string, library?: string, only?: string} */
    private static $settings = [];

    /** @var string */
    private $name;

    /** @var list<string> */
    private $notes;

    /** @var Engine|null */
    private $engine;

    /** @param list<string> $notes */
    private function __construct(string $name, array $notes, ?Engine $engine)
    {
        $this->name = $name;
        $this->notes = $notes;
        $this->engine = $engine;
    }

    /**
     * Finds the way. It is looked for once in a request.
     *
     * @throws BackendMissingException there is none; the message says what to install
     */
    public static function detect(): self
    {
        if (self::$missing !== null) {
            throw self::$missing;
        }
        try {
            return self::$detected = self::$detected ?? self::choose();
        } catch (BackendMissingException $missing) {
            self::$missing = $missing;
            throw $missing;
        }
    }

    /**
     * Says where things are: `binary`, the path of the command; `library`, the path of the C library; `only`, the one
     * way to take: `ffi`, `binary` or `php`. By default the environment variables FEDVERIFY_BINARY and
     * FEDVERIFY_LIBRARY say so, else the command is looked for in PATH and the library where the system looks for
     * libraries.
     *
     * @param array{binary?: string, library?: string, only?: string} $settings
     * @throws \InvalidArgumentException a setting or a way that there is not
     */
    public static function configure(array $settings): void
    {
        self::checkSettings($settings);
        self::$settings = $settings;
        self::$detected = null;
        self::$missing = null;
    }

    /** @param array<mixed> $settings */
    private static function checkSettings(array $settings): void
    {
        foreach ($settings as $name => $setting) {
            if (!in_array($name, self::SETTINGS, true)) {
                $known = implode(', ', self::SETTINGS);
                throw new \InvalidArgumentException("expected one of the settings $known, found $name");
            }
            if (!is_string($setting)) {
                $found = gettype($setting);
                throw new \InvalidArgumentException("expected a string as the setting $name, found $found");
            }
        }
        $only = $settings['only'] ?? null;
        if ($only !== null && !in_array($only, self::WAYS, true)) {
            $known = implode(', ', self::WAYS);
            throw new \InvalidArgumentException("expected one of $known as the setting only, found $only");
        }
    }

    /** `extension`, `ffi`, `binary` or `php`. */
    public function name(): string
    {
        return $this->name;
    }

    /** Why this way, and why none of those before it: for people, one line each. */
    public function explanation(): string
    {
        return implode("\n", $this->notes);
    }

    /** @internal */
    public static function engine(): Engine
    {
        $engine = self::detect()->engine;
        if ($engine === null) {
            throw new \LogicException('the extension needs no engine');
        }
        return $engine;
    }

    private static function choose(): self
    {
        if (extension_loaded('fedverify')) {
            return new self('extension', ['extension: fedverify ' . phpversion('fedverify') . ' is loaded'], null);
        }
        $notes = ['extension: fedverify is not loaded'];
        $only = self::$settings['only'] ?? null;
        foreach (self::WAYS as $name) {
            if ($only !== null && $only !== $name) {
                $notes[] = "$name: not asked for";
                continue;
            }
            try {
                $engine = self::way($name);
                $notes[] = "$name: " . $engine->describe();
                return new self($name, $notes, $engine);
            } catch (BackendMissingException $missing) {
                $notes[] = "$name: " . $missing->getMessage();
            }
        }
        throw new BackendMissingException(
            "fedverify cannot be reached from PHP. Install the extension (pie install fedverify/fedverify-ext), the "
            . "command fedverify, or PHP's own extension openssl. What was tried:\n" . implode("\n", $notes)
        );
    }

    /** @throws BackendMissingException */
    private static function way(string $name): Engine
    {
        if ($name === 'ffi') {
            return Library::load(self::$settings['library'] ?? null);
        }
        return $name === 'binary' ? Binary::find(self::$settings['binary'] ?? null) : Php::tested();
    }
}

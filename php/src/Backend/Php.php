<?php

declare(strict_types=1);

namespace FedVerify\Backend;

use FedVerify\Core\Fault;
use FedVerify\Core\Key\SelfTest;
use FedVerify\Core\Quote;
use FedVerify\Core\Tables\InputType;
use FedVerify\Core\Verification\Request;
use FedVerify\Core\Verification\Verification;

/**
 * The core in PHP, for hosts that allow nothing else: FedVerify\Core, which the corpus holds to the core in Rust.
 */
final class Php implements Engine
{
    private function __construct()
    {
    }

    /** @throws BackendMissingException */
    public static function tested(): self
    {
        $failure = SelfTest::failure();
        if ($failure !== null) {
            throw new BackendMissingException($failure);
        }
        return new self();
    }

    /**
     * On a host where tested() throws. ECDSA signatures count as invalid then, but for operations that the pin knows:
     * for callers that have those verified elsewhere and make the pin of it.
     *
     * @throws BackendMissingException
     */
    public static function withoutCurves(): self
    {
        if (PHP_INT_SIZE !== 8) {
            throw new BackendMissingException('PHP was built for 32 bits; 64 are needed');
        }
        return new self();
    }

    public function describe(): string
    {
        return 'fedverify ' . Release::VERSION . ' in PHP ' . PHP_VERSION;
    }

    public function verify(string $kind, array $inputs, array $limits, ?string $fault): string
    {
        $request = new Request($kind);
        try {
            $stream = self::fill($request, $inputs, $limits, $fault);
            return Verification::run($request, $stream)->toJson();
        } catch (\Throwable $failure) {
            // Whatever it is, it is no verdict: an error of this code or a host that lacks what it should have.
            return Verification::failed($request)->toJson();
        }
    }

    /**
     * Sets what was given; what cannot be set refuses the request. The first fault counts.
     *
     * @param array<string|int, string|int|bool|LocalFile> $inputs
     * @param array<string|int, int> $limits
     */
    private static function fill(Request $request, array $inputs, array $limits, ?string $fault): ?FileStream
    {
        if ($fault !== null) {
            $request->refuse(Request::misuse(Quote::printable($fault)));
        }
        foreach ($limits as $name => $limit) {
            self::attempt($request, static function () use ($request, $name, $limit): void {
                $request->setLimit((string) $name, $limit);
            });
        }
        $stream = null;
        foreach ($inputs as $name => $input) {
            self::attempt($request, static function () use ($request, $name, $input, &$stream): void {
                $stream = self::set($request, (string) $name, $input) ?? $stream;
            });
        }
        return $stream;
    }

    /** @param callable(): void $set */
    private static function attempt(Request $request, callable $set): void
    {
        try {
            $set();
        } catch (Fault $fault) {
            $request->refuse($fault);
        }
    }

    /**
     * @param string|int|bool|LocalFile $input
     * @return FileStream|null the package or the archive
     * @throws Fault
     */
    private static function set(Request $request, string $name, $input): ?FileStream
    {
        $type = Request::typeOf($name);
        if ($input instanceof LocalFile && $type === InputType::STREAM) {
            $request->setFlag($name, true);
            return new FileStream($input);
        }
        if ($input instanceof LocalFile) {
            $request->setBytes($name, FileStream::unreadable($input));
        } elseif (is_bool($input)) {
            $request->setFlag($name, $input);
        } elseif (is_int($input)) {
            $request->setNumber($name, $input);
        } elseif ($type === InputType::STRING) {
            $request->setString($name, $input);
        } else {
            $request->setBytes($name, $input);
        }
        return null;
    }
}

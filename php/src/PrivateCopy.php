<?php

declare(strict_types=1);

namespace FedVerify;

use FedVerify\Backend\CheckedLimits;
use FedVerify\Backend\LocalFile;
use FedVerify\Backend\MadeByVerification;
use FedVerify\Backend\PrivateFiles;
use FedVerify\Backend\Refusal;
use FedVerify\Core\Fault;
use FedVerify\Core\PackageDigests;
use FedVerify\Core\PackageHasher;

/**
 * A package in a file that nobody else has: what is verified cannot be changed before it is installed.
 *
 *     $copy = FedVerify\PrivateCopy::of(fopen($url, 'rb'));
 *     $report = $release->verifyPackage($copy->path());
 *     install($copy->proven($report));
 *
 * The file is removed with the object, and when the request ends, however it ends.
 */
final class PrivateCopy
{
    use MadeByVerification;

    /** @var string|null */
    private $path;

    /** @var PackageDigests */
    private $digests;

    private function __construct(string $path, PackageDigests $digests)
    {
        $this->path = $path;
        $this->digests = $digests;
    }

    /**
     * Copies, and hashes meanwhile, in constant memory.
     *
     * @param resource|string $source a stream, which is read from where it is to its end; or the path of a regular file
     * @param array<string, int> $limits limits that differ from the defaults, by name; `packageBytes` bounds the copy
     * @param string|null $folder where the copy is made; the system's folder for temporary files by default
     * @throws RejectedException `input.too_large`
     * @throws InvalidInputException the source cannot be read to its end or the copy not written: `io.file.*`;
     *     `api.argument`
     */
    public static function of($source, array $limits = [], ?string $folder = null): self
    {
        return Refusal::orElse(static function () use ($source, $limits, $folder): self {
            $stream = is_string($source) ? self::opened($source) : $source;
            if (!is_resource($stream) || get_resource_type($stream) !== 'stream') {
                $message = 'expected a stream or the path of a file as the package, found ' . gettype($source);
                throw new Fault(Code::API_ARGUMENT, $message);
            }
            $hasher = new PackageHasher(CheckedLimits::of($limits));
            [$path, $copy] = PrivateFiles::file($folder ?? sys_get_temp_dir());
            try {
                self::copy($stream, $copy, $hasher);
            } catch (\Throwable $failure) {
                PrivateFiles::removeFile($path);
                throw $failure;
            }
            return new self($path, $hasher->finish());
        });
    }

    /**
     * @return resource
     * @throws Fault
     */
    private static function opened(string $path)
    {
        $fault = LocalFile::notLocal($path);
        if ($fault !== null) {
            throw new Fault(Code::API_ARGUMENT, $fault);
        }
        $file = LocalFile::open($path);
        if ($file->fault() !== null) {
            throw new Fault(...$file->fault());
        }
        return $file->stream();
    }

    /**
     * @param resource $stream
     * @param resource $copy
     * @throws Fault
     */
    private static function copy($stream, $copy, PackageHasher $hasher): void
    {
        while (!feof($stream)) {
            $piece = PackageHasher::read($stream);
            $hasher->update($piece);
            if ($piece !== '' && @fwrite($copy, $piece) !== strlen($piece)) {
                throw new Fault(Code::IO_FILE_UNWRITABLE, 'the copy of the package could not be written to its end');
            }
        }
        if (!fflush($copy)) {
            throw new Fault(Code::IO_FILE_UNWRITABLE, 'the copy of the package could not be written to its end');
        }
    }

    /** To hand to verifyPackage() of Identity, Release or WebDocument. The library reads the very file that is open. */
    public function path(): string
    {
        return $this->path;
    }

    public function size(): int
    {
        return $this->digests->size();
    }

    /** In hexadecimal. */
    public function sha256(): string
    {
        return $this->digests->sha256Hex();
    }

    /** In hexadecimal. */
    public function sha384(): string
    {
        return $this->digests->sha384Hex();
    }

    /**
     * The path to install from: only if the report proves these bytes, and the path still leads to them.
     *
     * @throws RejectedException `fair.checksum.mismatch`: the report is of other bytes, or another file is at the path
     */
    public function proven(Report $report): string
    {
        $package = $report->package();
        $digests = [$package['sha256'] ?? null, $package['sha384'] ?? null];
        $isOfCopy = $report->verdict() === 'verified' && $digests === [$this->sha256(), $this->sha384()];
        if (!$isOfCopy || !PrivateFiles::isAt($this->path)) {
            $message = $isOfCopy
                ? 'the private copy was moved or replaced after it was made'
                : "expected a report that proves the bytes {$this->sha256()}, found another";
            throw Refusal::of(new Fault(Code::FAIR_CHECKSUM_MISMATCH, $message));
        }
        return $this->path;
    }

    public function __destruct()
    {
        if ($this->path !== null) {
            PrivateFiles::removeFile($this->path);
        }
    }
}

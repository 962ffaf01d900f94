<?php

declare(strict_types=1);

namespace FedVerify\Core\Fair;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Problem;

/** An artifact as claimed: what is wrong with it is kept, and refused when the artifact is the one that counts. */
final class ClaimedArtifact
{
    private ?string $url;
    private ?Artifact $artifact;

    /** What is wrong. No Fault, which would keep a stack trace: a document can have very many malformed artifacts. */
    private string $problem;

    private function __construct(?string $url, ?Artifact $artifact, string $problem)
    {
        $this->url = $url;
        $this->artifact = $artifact;
        $this->problem = $problem;
    }

    /** @param mixed $value as the strict reader gives it */
    public static function fromJson($value): self
    {
        $fields = Fields::fromValue($value);
        if ($fields === null) {
            return new self(null, null, 'a package artifact must be an object, found ' . Json::kind($value));
        }
        $url = null;
        try {
            $url = $fields->takeString('url');
            return new self($url, Artifact::fromFields($url, $fields), '');
        } catch (Problem $problem) {
            return new self($url, null, 'in a package artifact, ' . $problem->getMessage());
        }
    }

    /** The `url`, where it is a string. */
    public function url(): ?string
    {
        return $this->url;
    }

    /** The artifact, where it is well-formed. */
    public function artifact(): ?Artifact
    {
        return $this->artifact;
    }

    /** @throws Fault Code::FAIR_ARTIFACT_MALFORMED */
    public function content(): Artifact
    {
        if ($this->artifact === null) {
            throw new Fault(Code::FAIR_ARTIFACT_MALFORMED, $this->problem);
        }
        return $this->artifact;
    }
}

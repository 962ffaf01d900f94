<?php

declare(strict_types=1);

/** One story: an honest operation that must work, or an attack that must not. */
final class Scenario
{
    /** @var string */
    public $name;

    /** @var bool */
    public $isAttack;

    /** @var Closure */
    private $play;

    /** @var string where fedverify is: plugin, inactive, must-use; absent: the scenario installs it */
    public $place = 'plugin';

    /** @var bool */
    public $isMultisite = false;

    /** @var list<string> */
    public $clients = ['1.3', '1.4'];

    /** @var bool whether it is run with every backend, not only in the deep run */
    public $isSample = false;

    /** @var string|null what it needs and is not there; null: nothing */
    public $lacks;

    private function __construct(string $name, bool $isAttack, Closure $play)
    {
        $this->name = $name;
        $this->isAttack = $isAttack;
        $this->play = $play;
    }

    public static function attack(string $name, Closure $play): self
    {
        return new self($name, true, $play);
    }

    public static function honest(string $name, Closure $play): self
    {
        return new self($name, false, $play);
    }

    public function onNetwork(): self
    {
        $this->isMultisite = true;
        return $this;
    }

    public function at(string $place): self
    {
        $this->place = $place;
        return $this;
    }

    public function clients(string ...$clients): self
    {
        $this->clients = $clients;
        return $this;
    }

    /** Every backend is tried with it. */
    public function everywhere(): self
    {
        $this->isSample = true;
        return $this;
    }

    /** It needs a program that may not have been built. */
    public function needing(?string $program, string $name): self
    {
        $this->lacks = $program === null ? "without $name" : null;
        return $this;
    }

    public function play(World $world): void
    {
        ($this->play)($world);
    }
}

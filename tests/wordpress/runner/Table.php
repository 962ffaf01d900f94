<?php

declare(strict_types=1);

/** All scenarios. */
final class Table
{
    private function __construct()
    {
    }

    /** @return array<string, Scenario> by name */
    public static function scenarios(): array
    {
        $all = [];
        foreach (glob(__DIR__ . '/../scenarios/*.php') as $file) {
            foreach (self::of($file) as $scenario) {
                if (isset($all[$scenario->name])) {
                    throw new LogicException("two scenarios of one name: {$scenario->name}");
                }
                $all[$scenario->name] = $scenario;
            }
        }
        return $all;
    }

    /** @return list<Scenario> */
    private static function of(string $file): array
    {
        return require $file;
    }
}

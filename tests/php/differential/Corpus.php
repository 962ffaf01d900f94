<?php

declare(strict_types=1);

use FedVerify\Core\Tables\InputName;
use FedVerify\Core\Tables\Kind;
use FedVerify\Core\Tables\LimitDefaults;

/** Cases of the conformance corpus and the examples, changed at random. */
final class Corpus
{
    private const FOLDER = __DIR__ . '/../../corpus';

    private const EXAMPLES = __DIR__ . '/../../../examples';

    /** Larger inputs would make up most of the time. */
    private const MOST_BYTES = 40000;

    /** A clock within the times of the corpus. */
    private const NOW = 1767225600;

    private const SWITCHES = ['remember', 'now', 'history', 'noDowngrade', 'waitRecoveryWindow'];

    /** @var list<Request> */
    private $requests = [];

    /** @var array<string, list<string>> what the corpus has of each input */
    private $inputs = [];

    public function __construct()
    {
        $manifest = json_decode(file_get_contents(self::FOLDER . '/manifest.json'), true, 512, JSON_THROW_ON_ERROR);
        foreach ($manifest['cases'] as $case) {
            $this->add(self::FOLDER, $case['kind'], $case['inputs'], $case['limits'] ?? []);
        }
        $fair = ['did' => trim(file_get_contents(self::EXAMPLES . '/fair/did.txt')), 'log' => 'fair/log.json'];
        $this->add(self::EXAMPLES, Kind::PLC_LOG, $fair + ['remember' => 'true', 'now' => (string) self::NOW], []);
        $package = ['metadata' => 'fair/metadata.json', 'package' => 'fair/hello-fair-1.1.0.zip'];
        $this->add(self::EXAMPLES, Kind::FAIR_PACKAGE, $fair + $package, []);
        $plugin = ['key' => 'pfn/publisher.pem', 'plugin' => 'pfn/plugin.json', 'archive' => 'pfn/hello-pfn-1.0.0.zip'];
        $this->add(self::EXAMPLES, Kind::PFN_PLUGIN, $plugin, []);
    }

    /**
     * @param array<string, string> $inputs as the manifest writes them
     * @param array<string, int> $limits
     */
    private function add(string $folder, string $kind, array $inputs, array $limits): void
    {
        $read = [];
        foreach ($inputs as $name => $value) {
            $type = InputName::TYPES[$name];
            if ($type === 'number') {
                $read[$name] = (int) $value;
            } elseif ($type === 'flag') {
                $read[$name] = $value === 'true';
            } elseif ($type === 'string') {
                $read[$name] = $value;
            } elseif (is_file("$folder/$value") && filesize("$folder/$value") <= self::MOST_BYTES) {
                $read[$name] = file_get_contents("$folder/$value");
            } else {
                // A file that is missing, or a large one.
                return;
            }
        }
        foreach ($read as $name => $value) {
            if (is_string($value)) {
                $this->inputs[$name][] = $value;
            }
        }
        $this->requests[] = new Request($kind, $read, $limits);
    }

    /** A case of a kind, with this one of its inputs changed: of those without limits and pins. */
    public function changedOf(string $kind, string $name): Request
    {
        $plain = static function (Request $request) use ($kind, $name): bool {
            $inputs = $request->inputs;
            return $request->kind === $kind && $request->limits === [] && isset($inputs[$name]) && !isset($inputs['pin']);
        };
        $request = clone Random::pick(array_values(array_filter($this->requests, $plain)));
        $this->mutate($request, [$name]);
        return $request;
    }

    public function changed(): Request
    {
        $request = clone Random::pick($this->requests);
        for ($left = 1 + Random::below(2); $left > 0; $left--) {
            switch (Random::below(12)) {
                case 0:
                    self::change($request, Random::pick(self::SWITCHES));
                    break;
                case 1:
                    $name = Random::pick(array_keys(LimitDefaults::VALUES));
                    $request->limits[$name] = Random::pick([0, 1, 2, 3, 5, 10, 100, 1000]);
                    break;
                case 2:
                    $this->swap($request);
                    break;
                case 3:
                    $request->kind = self::related($request->kind);
                    break;
                default:
                    $this->mutate($request);
            }
        }
        return $request;
    }

    /** Another switch or another clock. */
    private static function change(Request $request, string $name): void
    {
        $isClock = $name === 'now';
        $request->inputs[$name] = $isClock ? self::NOW + 1000 * (Random::below(40000) - 20000) : !Random::once(4);
        if ($name === 'remember') {
            $request->inputs += ['now' => self::NOW];
        }
    }

    /** A kind that takes the same inputs or some of them; the others are refused. */
    private static function related(string $kind): string
    {
        $fair = [Kind::PLC_LOG, Kind::FAIR_METADATA, Kind::FAIR_PACKAGE, Kind::FAIR_ALIAS];
        return Random::pick(in_array($kind, $fair, true) ? $fair : [Kind::PFN_PLUGIN, Kind::PFN_CHALLENGE, Kind::KEY]);
    }

    /** An input as another case has it, or one that this case does not have. */
    private function swap(Request $request): void
    {
        $name = Random::pick(array_keys(Random::once(3) ? $this->inputs : $request->inputs));
        if (isset($this->inputs[$name])) {
            $request->inputs[$name] = Random::pick($this->inputs[$name]);
        } else {
            unset($request->inputs[$name]);
        }
    }

    /** @param list<string>|null $names one of these inputs; of all strings where it is null */
    private function mutate(Request $request, ?array $names = null): void
    {
        $names = $names ?? array_keys(array_filter($request->inputs, 'is_string'));
        if ($names === []) {
            return;
        }
        $name = Random::pick($names);
        $input = $request->inputs[$name];
        $other = Random::pick($this->inputs[$name]);
        $isJson = in_array($name, ['log', 'document', 'metadata', 'pin', 'plugin', 'challenge'], true);
        $request->inputs[$name] = $isJson ? Mutation::ofJson($input, $other) : Mutation::ofString($input, $other);
    }
}

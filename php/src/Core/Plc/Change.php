<?php

declare(strict_types=1);

namespace FedVerify\Core\Plc;

use FedVerify\Core\Tables\Gravity;
use FedVerify\Core\Tables\StatePart;

/** One difference between the state that an operation set and the state of the operation that it follows. */
final class Change
{
    /** Each gravity, from little to much. */
    private const ORDER = [Gravity::NONE, Gravity::MINOR, Gravity::SERIOUS, Gravity::GRAVE];

    private const GRAVITIES = [
        StatePart::ROTATION_KEYS => Gravity::GRAVE,
        StatePart::VERIFICATION_METHODS => Gravity::SERIOUS,
        StatePart::SERVICES => Gravity::MINOR,
        StatePart::ALSO_KNOWN_AS => Gravity::MINOR,
    ];

    /** @var string one of ChangeKind */
    public $change;

    /** @var string one of StatePart */
    public $part;

    /** @var string|null the id of a verification method or a service */
    public $id;

    /** @var string|null the type of a service */
    public $type;

    /** @var string|null the key, the alias or the endpoint of the service; null where keys were reordered */
    public $value;

    public function __construct(string $change, string $part, ?Item $item)
    {
        $this->change = $change;
        $this->part = $part;
        if ($item !== null) {
            $this->id = $item->id();
            $this->type = $item->type();
            $this->value = $item->value();
        }
    }

    /**
     * How much depends on the gravest of these; one of Gravity.
     *
     * @param list<self> $changes
     */
    public static function gravest(array $changes): string
    {
        $gravest = 0;
        foreach ($changes as $change) {
            $gravest = max($gravest, array_search(self::GRAVITIES[$change->part], self::ORDER, true));
        }
        return self::ORDER[$gravest];
    }
}

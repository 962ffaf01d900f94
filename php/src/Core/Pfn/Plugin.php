<?php

declare(strict_types=1);

namespace FedVerify\Core\Pfn;

use FedVerify\Code;
use FedVerify\Core\Fault;
use FedVerify\Core\Json\Fields;
use FedVerify\Core\Json\Json;
use FedVerify\Core\Problem;

/** The members of plugin records, wherever the records are. */
final class Plugin
{
    private function __construct()
    {
    }

    /**
     * Takes the first of these members that the record has.
     *
     * @throws Fault pfn.plugin.not_text
     */
    public static function takeMember(Fields $fields, string ...$names): Member
    {
        foreach ($names as $name) {
            if (!$fields->has($name)) {
                continue;
            }
            $value = $fields->take($name);
            if ($value === null) {
                return Member::null();
            }
            if (is_string($value)) {
                return Member::string($value);
            }
            $message = "the signed member $name must be a string or null, found " . Json::kind($value);
            throw new Fault(Code::PFN_PLUGIN_NOT_TEXT, $message);
        }
        return Member::undefined();
    }

    /**
     * Takes the record's own signature, which may be absent or null.
     *
     * @throws Fault pfn.plugin.malformed
     */
    public static function takeSignature(Fields $fields): ?string
    {
        try {
            return $fields->takeOptionalString('signature');
        } catch (Problem $what) {
            throw self::malformed($what->getMessage());
        }
    }

    public static function malformed(string $what): Fault
    {
        return new Fault(Code::PFN_PLUGIN_MALFORMED, "invalid plugin record: $what");
    }
}

<?php

/** The classes of the namespace FedVerify as reflection shows them, for comparison. */

declare(strict_types=1);

const CLASSES = [
    'Verifier', 'AuditLog', 'Identity', 'WebDocument', 'Release', 'Pfn', 'Report', 'Exception', 'RejectedException',
    'InvalidInputException', 'ArchiveSignature', 'Pin', 'Version', 'Limits', 'Directory', 'Newest',
    'Code', 'WarningCode',
];

/** The classes of the stubs under another name. Their methods have no bodies and are never called. */
function load_stubs(string $namespace): void
{
    $stubs = file_get_contents(__DIR__ . '/../../php-ext/stubs/fedverify.php');
    eval(str_replace('namespace FedVerify;', "namespace $namespace;", substr($stubs, strlen('<?php'))));
}

/** What a program can rely on: class, method and parameter, each on a line of its own. */
function signatures(string $namespace): array
{
    $lines = [];
    foreach (CLASSES as $name) {
        $class = new ReflectionClass("$namespace\\$name");
        $parent = $class->getParentClass();
        $interfaces = $class->getInterfaceNames();
        sort($interfaces);
        $lines[] = sprintf(
            '%sclass %s extends %s implements %s',
            $class->isFinal() ? 'final ' : '',
            $name,
            $parent ? $parent->getName() : 'nothing',
            implode(', ', $interfaces)
        );
        foreach ($class->getMethods() as $method) {
            // What keeps objects from being copied and written down has no counterpart in the extension: PHP does it there.
            $is_guard = in_array($method->getName(), ['__clone', '__serialize', '__unserialize', '__set'], true);
            $is_own = $method->getDeclaringClass()->getName() === $class->getName();
            $is_public = !$method->isPrivate() || $method->isConstructor();
            if (!$is_guard && $is_own && $is_public) {
                $lines[] = "  $name::" . signature($method);
            }
        }
        foreach ($class->getConstants() as $constant => $value) {
            $lines[] = "  $name::$constant = $value";
        }
    }
    $lines = str_replace("$namespace\\", 'FedVerify\\', $lines);
    sort($lines);
    return $lines;
}

function signature(ReflectionMethod $method): string
{
    $parameters = array_map(static function (ReflectionParameter $parameter): string {
        $default = $parameter->isOptional() ? ' = ' . json_encode($parameter->getDefaultValue()) : '';
        return $parameter->getType() . ' $' . $parameter->getName() . $default;
    }, $method->getParameters());
    return sprintf(
        '%s %s(%s): %s',
        implode(' ', Reflection::getModifierNames($method->getModifiers())),
        $method->getName(),
        implode(', ', $parameters),
        $method->getReturnType()
    );
}

/** Prints how two lists of signatures differ, and says whether they do. */
function differ(array $expected, array $found): bool
{
    foreach (array_diff($expected, $found) as $line) {
        echo "- $line\n";
    }
    foreach (array_diff($found, $expected) as $line) {
        echo "+ $line\n";
    }
    return $expected !== $found;
}

<?php

/**
 * The arithmetic of curves in PHP: against known results, against sodium where that is there, and against what must be true of any
 * points. Where sodium is there, no case of the corpus comes to most of it.
 *
 *     php curve.php
 */

declare(strict_types=1);

use FedVerify\Core\Curve\Edwards;
use FedVerify\Core\Curve\MovedKey;
use FedVerify\Core\Curve\Parameters;
use FedVerify\Core\Curve\Point;
use FedVerify\Core\Curve\PrimeField;
use FedVerify\Core\Fault;
use FedVerify\Core\Key\Ed25519Key;
use FedVerify\Core\Key\Sodium;

require __DIR__ . '/backend.php';
require __DIR__ . '/check.php';

use_backend('php');

// Numbers below a prime and above it. Of 2^256 - 1, its third power, and one divided by it.
$primes = [
    '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed' => [
        '0000000000000000000000000000000000000000000000000000000000000025',
        '000000000000000000000000000000000000000000000000000000000000c5dd',
        '5d67c8a60dd67c8a60dd67c8a60dd67c8a60dd67c8a60dd67c8a60dd67c8a600',
    ],
    '1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed' => [
        '0ffffffffffffffffffffffffffffffec6ef5bf4737dcf70d6ec31748d98951c',
        '03874824c108000e13a080f5bd0b202fcd89f831e6f9d1e4bb197ecd3f97b967',
        '0bf057edfa8739d1cdc721733a348b036dba357320fed172601c1629aed161d6',
    ],
    'fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f' => [
        '00000000000000000000000000000000000000000000000000000001000003d0',
        '000000000000000000000000000000000000000100000b70002b9b00376a5000',
        'be4316dba038daad273e4bda627ecf687c8941a534b5ba270b2a4b24b07e6798',
    ],
    'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141' => [
        '000000000000000000000000000000014551231950b75fc4402da1732fc9bebe',
        '7d28298b939b3e1bfdeb319ade699b87e92ac3576a14a8871fa79b16e2418ceb',
        '1a2f66582f865803fc36e5fd38feed2cd04dd978f7b69d07f178ad1b6c2151c8',
    ],
    'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff' => [
        '00000000fffffffeffffffffffffffffffffffff000000000000000000000000',
        '0000000c0000000400000005fffffffffffffff6fffffffafffffffd00000003',
        'e1e1e1e10f0f0f0f69696969b4b4b4b45a5a5a5b0f0f0f0e87878787c3c3c3c2',
    ],
    'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551' => [
        '00000000ffffffff00000000000000004319055258e8617b0c46353d039cdaae',
        '1b96cc2a887bbc02ac72a278e9622433c384c67de09dc9cc3bae4381d7318f9b',
        '646b78f8384d6e771ef9319a025559fc5af4a6580d5e25e84c7cbf12b54961cc',
    ],
];
foreach ($primes as $hex => [$most, $cube, $inverse]) {
    $prime = hex2bin($hex);
    $field = new PrimeField($prime);
    $written = static fn (array $number): string => bin2hex($field->toBytes($number));
    $small = static fn (int $number): string => str_pad(dechex($number), 64, '0', STR_PAD_LEFT);
    $read = $field->fromBytes(str_repeat("\xff", 32));
    $check("$hex: 2^256 - 1", $written($read) === $most);
    $check("$hex: its third power", $written($field->multiply($field->multiply($read, $read), $read)) === $cube);
    $check("$hex: the same as a power", $written($field->power($read, "\3")) === $cube);
    $check("$hex: its inverse", $written($field->inverse($read)) === $inverse);
    [$zero, $one, $top] = [$field->fromInt(0), $field->fromInt(1), $field->fromBytes(substr($prime, 0, -1) . chr(ord($prime[31]) - 1))];
    $check("$hex: the prime is 0", $written($field->fromBytes($prime)) === $small(0) && $field->isZero($field->fromBytes($prime)));
    $check("$hex: one less is -1", $written($top) === bin2hex(substr($prime, 0, -1) . chr(ord($prime[31]) - 1)) && !$field->isZero($top));
    $check("$hex: 1 and -1 are 0", $field->isZero($field->add($one, $top)) && $field->equal($field->subtract($zero, $one), $top));
    $check("$hex: the square of -1", $field->equal($field->multiply($top, $top), $one) && !$field->equal($top, $one));
    $check("$hex: a number less itself", $written($field->subtract($read, $read)) === $small(0));
    $check("$hex: 0 has no inverse", $field->isZero($field->inverse($zero)));
    $check("$hex: Fermat", $field->equal($field->power($read, $field->toBytes($top)), $one));
    $check("$hex: integers", $written($field->fromInt(123456789)) === $small(123456789));
    // Sums that are never brought below the prime on the way.
    for ([$sum, $times] = [$top, 1]; $times < 64; $times++) {
        $sum = $field->add($sum, $top);
    }
    $check("$hex: 64 times -1", $field->equal($sum, $field->subtract($zero, $field->fromInt(64))));
}

// R of signatures (RFC 8032, section 7.1): the keys, the messages, and the signatures.
$vectors = [
    ['d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '',
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
    ['3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
    ['fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82',
        '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'],
    ['ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf', hash('sha512', 'abc'),
        'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704'],
    // Of ours, by another implementation.
    ['af06a3e3291714e4f356c19c9b15cd1951ec6e6662aa77be07547f289383341d', bin2hex('message'),
        '4603547684094e07853613052dfc68e9e003249573d1bbd552d4ecb4e6ea15f350e9979c981fc9d5373a4d27a1a5a00576e64fc9978b0dddd395448464612102'],
];
$edwards = Edwards::instance();
$expectedR = static function (string $s, string $hash, string $key) use ($edwards): string {
    return bin2hex($edwards->expectedR($s, $hash, $edwards->decode($key)));
};
$check('the curve is made once', Edwards::instance() === $edwards);
foreach ($vectors as [$key, $message, $signature]) {
    [$key, $r, $s] = [hex2bin($key), substr($signature, 0, 64), hex2bin(substr($signature, 64))];
    $hash = static fn (string $message): string => hash('sha512', hex2bin($r) . $key . $message, true);
    $check("R of $signature", $expectedR($s, $hash(hex2bin($message)), $key) === $r);
    $check("not of another message: $signature", $expectedR($s, $hash(hex2bin($message) . '.'), $key) !== $r);
    $check("a key as it was: $signature", $edwards->encode($edwards->decode($key)) === $key);
}

// Products of known scalars: S times the base point, less the hash times the key.
$scalar = static fn (string $hex): string => strrev(hex2bin(str_pad($hex, 64, '0', STR_PAD_LEFT)));
$hash = static fn (string $hex): string => strrev(hex2bin(str_pad($hex, 128, '0', STR_PAD_LEFT)));
$order = bin2hex(Edwards::ORDER);
$less = static fn (int $number): string => substr($order, 0, -2) . sprintf('%02x', hexdec(substr($order, -2)) - $number);
[$base, $minusBase] = [str_repeat('66', 31), str_repeat('66', 30) . 'e6'];
[$neutral, $base, $minusBase] = ['01' . str_repeat('0', 62), "58$base", "58$minusBase"];
$key = $vectors[4][0];
foreach ([
    ['0', '0', $base, $neutral],
    ['1', '0', $base, $base],
    ['0', '1', $base, $minusBase],
    ['1', '1', $base, $neutral],
    ['2', '1', $base, $base],
    ['1', '2', $base, $minusBase],
    [$less(1), '0', $base, $minusBase],
    ['0', $less(1), $base, $base],
    ['0', $order, $base, $neutral],
    ['0', str_repeat('f', 128), $base, '37ec84e4e250e29e0368e541b7c1f27082abbf781080f8c2ff08f4fe814d1e73'],
    [$less(2), str_repeat('0123456789abcdef', 8), $key, '76e7983285670732c83f8962c861dc8f2acba4302ca55e941d0d408f47aef615'],
] as [$s, $k, $of, $expected]) {
    $check("$s B - $k $of", $expectedR($scalar($s), $hash($k), hex2bin($of)) === $expected);
}
$check('no point has this y', $edwards->decode("\2" . str_repeat("\0", 31)) === null);

// The eight points of small order are the multiples of one, and have fourteen encodings: with either sign, and not reduced.
$eighth = hex2bin('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
$multiples = [];
foreach (range(0, 7) as $k) {
    $multiples[] = $expectedR($scalar('0'), $hash((string) $k), $eighth);
}
$check('eight points', count(array_unique($multiples)) === 8 && $expectedR($scalar('0'), $hash('8'), $eighth) === $neutral);
$reason = static function (string $key): string {
    try {
        Ed25519Key::fromBytes($key);
        return 'a key';
    } catch (Fault $fault) {
        return $fault->message();
    }
};
foreach ($multiples as $encoding) {
    $check("of small order: $encoding", Edwards::isSmallOrderEncoding(hex2bin($encoding)));
    $check("no key: $encoding", strpos($reason(hex2bin($encoding)), 'small order') !== false);
}
// 1 and -1 with the sign that their x, which is 0, does not have; and 0 and 1 with the prime added.
[$prime, $next] = ['ed' . str_repeat('ff', 30) . '7f', 'ee' . str_repeat('ff', 30) . '7f'];
$others = [substr($neutral, 0, -2) . '80', 'ec' . str_repeat('ff', 31), $prime, substr($prime, 0, -2) . 'ff', $next, substr($next, 0, -2) . 'ff'];
foreach ($others as $encoding) {
    $check("of small order, otherwise: $encoding", Edwards::isSmallOrderEncoding(hex2bin($encoding)));
    $check("it is one of the eight: $encoding", $expectedR($scalar('0'), $hash('8'), hex2bin($encoding)) === $neutral);
    $check("not canonical: $encoding", strpos($reason(hex2bin($encoding)), 'canonically') !== false);
}
foreach ([$base, $minusBase, $key, '02' . str_repeat('0', 62), str_repeat('f', 64), str_repeat('0', 60) . '0100'] as $encoding) {
    $check("not of small order: $encoding", !Edwards::isSmallOrderEncoding(hex2bin($encoding)));
}

// Signatures, judged by PHP alone, as where sodium is missing.
$use = new ReflectionProperty(Sodium::class, 'use');
if (PHP_VERSION_ID < 80100) {
    $use->setAccessible(true);
}
$known = (new ReflectionClass(Sodium::class))->getConstants();
$use->setValue(null, $known['NONE']);
$judged = static function (string $key, string $message, string $signature): bool {
    return Ed25519Key::fromBytes(hex2bin($key))->verifies($message, hex2bin($signature));
};
foreach ($vectors as [$key, $message, $signature]) {
    $check("valid: $signature", $judged($key, hex2bin($message), $signature));
    $check("of another message: $signature", !$judged($key, hex2bin($message) . '.', $signature));
    $check("of another key: $signature", !$judged($base, hex2bin($message), $signature));
}
[$key, $message, $signature] = $vectors[4];
$above = '4603547684094e07853613052dfc68e9e003249573d1bbd552d4ecb4e6ea15f33dbd8df9b282db2d0ed744ca7f9f7f1a76e64fc9978b0dddd395448464612112';
$check('S with the order added', !$judged($key, 'message', $above));
$small = $neutral . '5baaed330c4288d30f2c5ddea63841c1a66626fe13757f789404e7300e060a0f';
$k = hash('sha512', hex2bin($neutral . $key) . 'message', true);
$check('an R of small order that satisfies the equation', $expectedR(hex2bin(substr($small, 64)), $k, hex2bin($key)) === $neutral);
$check('is refused', !$judged($key, 'message', $small));
$check('the strict equation', $judged($known['KEY'], $known['MESSAGE'], $known['STRICT']));
$check('not that with the cofactor', !$judged($known['KEY'], $known['MESSAGE'], $known['COFACTORED']));
if (function_exists('sodium_crypto_sign_seed_keypair')) {
    foreach (range(1, 8) as $number) {
        $pair = sodium_crypto_sign_seed_keypair(hash('sha256', "seed $number", true));
        $key = bin2hex(sodium_crypto_sign_publickey($pair));
        $signature = sodium_crypto_sign_detached("message $number", sodium_crypto_sign_secretkey($pair));
        $check("as sodium signs, $number", $judged($key, "message $number", bin2hex($signature)));
        foreach (['R' => 4 * $number - 1, 'S' => 4 * $number + 31] as $part => $at) {
            $changed = $signature;
            $changed[$at] = chr(ord($changed[$at]) ^ 1 << $number % 8);
            $check("one bit of $part, $number", !$judged($key, "message $number", bin2hex($changed)));
        }
    }
} else {
    echo "curve: skipped: signatures that sodium makes, because this PHP has no sodium\n";
}
$use->setValue(null, null);

// Which of the first thirty x are those of points.
$curves = [
    'secp256k1' => [Parameters::secp256k1(), [1, 2, 3, 4, 6, 8, 12, 13, 14, 16, 20, 22, 25, 27]],
    'P-256' => [Parameters::p256(), [0, 5, 6, 8, 9, 12, 13, 17, 23, 24, 25, 26, 29]],
];
foreach ($curves as $name => [$curve, $expected]) {
    $isOn = static fn (int $x): bool => Point::isOn($curve, str_repeat("\0", 31) . chr($x));
    $check("$name: points", array_values(array_filter(range(0, 29), $isOn)) === $expected);
}
$check('a curve is one object', Parameters::p256() === Parameters::p256() && Parameters::secp256k1() === Parameters::secp256k1());

// The key is moved by the hash of one of three messages. Here two of them move it by itself or by its opposite, so it must be the third.
$signatures = [
    'secp256k1' => [
        'f1eec51d72d7203ac2c422dd163422a19cf737e4ae51a43e32a1a1b7cea65f43',
        [
            '03d9e4249ad7a6521817d686b9036128d37ebad794f163e5d41430f4cd8072cbf4',
            '9ffd085712c989e83ed56ce0457ace2d24a4d661ac7a1e6d4d2c5ca651cd8340',
            '593a0191e33e870a3fd58a792e4b6eee3fdf6d223f18f5339dff59c72dfe955c',
        ],
        [
            '03897ae888f33db2ffbdb3fd53734e053f5436672deeca0f8ff52f32807b05d3d0',
            '9a3024d093134313dcc8e8eefc8264be623be5094a09d8a2a0b21ed48a07818f',
            '593a0191e33e870a3fd58a792e4b6eee3fdf6d223f18f5339dff59c72dfe955c',
        ],
        [
            '02cec8a8e761dae108d99483d497ea211dfc7a53477784c5ef91fdd82075ca6514',
            '65b9ceed7f7eb60d3b5efc5db661d5e88544b3923fbed77f13a4150befc1599a',
            'aed2c56dc78e864fff92f5059d8646e521cc1aae6b519a923b0c3eb6ba1dc81d',
        ],
    ],
    'P-256' => [
        '7640617e32ab1669d633b7c1edb758002f6966a33e0bd13f6556b739204d2129',
        [
            '0244d86a7a08bc4176bdb127108cad963d4093e0e481200f241d8bbd6c751e586f',
            '9ffd085712c989e83ed56ce0457ace2d24a4d661ac7a1e6d4d2c5ca651cd8340',
            'ea8037061ebd831c7a512d200198d64a8f6fec074c5ab26b05fd406c96b00693',
        ],
        [
            '02fd3f59396dd00104b06c4d3df60d2fcb60dc583b05e9a9940989451c582fb8fe',
            '9a3024d093134313dcc8e8eefc8264be623be5094a09d8a2a0b21ed48a07818f',
            'ea8037061ebd831c7a512d200198d64a8f6fec074c5ab26b05fd406c96b00693',
        ],
        [
            '029bb5235a4ec652b796de2529e8be000560d05f4c7a01457c138f4caa4ba7c962',
            '65b9ceed7f7eb60d3b5efc5db661d5e88544b3923fbed77f13a4150befc1599a',
            '9c9f30976b7e3ad588cf63b0529b0b7c2e21cce4fd7ab92a93d104eb7dbc48fb',
        ],
    ],
];
foreach ($signatures as $name => $of) {
    $moved = new MovedKey($curves[$name][0]);
    $r = hex2bin(array_shift($of));
    foreach ($of as $message => [$key, $digest, $s]) {
        [$key, $digest, $s] = array_map('hex2bin', [$key, $digest, $s]);
        $check("$name: moved by $message", $moved->verifies($key, $digest, $r, $s));
        $check("$name: another digest, $message", !$moved->verifies($key, strrev($digest), $r, $s));
        $check("$name: another signature, $message", !$moved->verifies($key, $digest, $r, strrev($s)));
    }
    $notOn = str_repeat("\0", 31) . chr($name === 'P-256' ? 1 : 0);
    $check("$name: no point", strpos($thrown(static fn () => $moved->verifies("\2$notOn", $digest, $r, $s)), 'gives no coordinates') !== false);
}

$finish('curve');

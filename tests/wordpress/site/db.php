<?php

/* The drop-in that puts WordPress on SQLite. */

define('SQLITE_DB_DROPIN_VERSION', '1.8.0');
define('DATABASE_TYPE', 'sqlite');
define('DB_ENGINE', 'sqlite');
define('SQLITE_MAIN_FILE', __FILE__);

require getenv('FEDVERIFY_TEST_WORDPRESS') . '/sqlite/wp-includes/sqlite/db.php';

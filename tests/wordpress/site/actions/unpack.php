<?php

/* Unpacks an archive into a folder of wp-content, as somebody does by FTP: `with` is the folder and the archive in base64. */

WP_Filesystem();
[$fedverify_test_folder, $fedverify_test_archive] = $fedverify_test_visit['with'];
$fedverify_test_file = get_temp_dir() . 'by-ftp.zip';
file_put_contents($fedverify_test_file, base64_decode($fedverify_test_archive));
$fedverify_test_answer = unzip_file($fedverify_test_file, WP_CONTENT_DIR . "/$fedverify_test_folder");
unlink($fedverify_test_file);

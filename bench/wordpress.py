"""WordPress as a peer: Debian's package, its default theme, behind nginx and php-fpm, with MariaDB; set up in a temporary folder.

    apt-get install --no-install-recommends wordpress wordpress-theme-twentytwentyone php-fpm php-mysql php-cli \
        php8.2-opcache mariadb-server nginx

The demo's articles are its posts and the same sections its categories; the article page carries the latest posts, a list for each
category and the theme's own parts. OPcache is on, there is no page cache (a plug-in, not part of WordPress), and its cron and calls
to the outside are off. Nothing of the machine's own WordPress or MariaDB is touched.

Run as a program (``python -m bench.wordpress FOLDER PORT``) this is the server: nginx, php-fpm and MariaDB in one process group.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import servers

SOURCE = Path("/usr/share/wordpress")
THEME = "twentytwentyone"
PHP_PROCESSES = 8
"""More than the one core can use; each takes about 40 MB."""


def missing() -> list[str]:
    """What must be installed first; empty when WordPress can take part."""
    found = [name for name, path in _programs().items() if path is None]
    if not (SOURCE / "wp-load.php").exists():
        found.append("wordpress")
    elif not (SOURCE / "wp-content/themes" / THEME).exists():
        found.append(f"wordpress-theme-{THEME}")
    return found


def _programs() -> dict[str, str | None]:
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    fpm = sorted(Path("/usr/sbin").glob("php-fpm*"))
    return {
        "nginx": shutil.which("nginx", path=path),
        "php-cli": shutil.which("php", path=path),
        "php-fpm": str(fpm[-1]) if fpm else None,
        "mariadb-server": shutil.which("mariadbd", path=path),
        "mariadb-client": shutil.which("mariadb", path=path),
    }


def set_up(folder: Path, articles: list[dict[str, Any]]) -> str:
    """Installs WordPress in ``folder`` with these posts (``headline``, ``section``, ``html``); returns the path of the first one's
    page. Raises CalledProcessError or RuntimeError with what the installation said."""
    site = folder / "site"
    shutil.copytree(SOURCE, site, symlinks=False)
    (site / "wp-config.php").write_text(_CONFIGURATION.replace("@FOLDER@", str(folder)), "utf-8")
    (folder / "articles.json").write_text(json.dumps(articles, ensure_ascii=False), "utf-8")
    (folder / "install.php").write_text(_INSTALL, "utf-8")
    (folder / "fill.php").write_text(_FILL.replace("@THEME@", THEME), "utf-8")
    programs = _programs()
    _quietly(
        "mariadb-install-db", "--no-defaults", f"--datadir={folder}/data", "--auth-root-authentication-method=normal",
        *(["--user=root"] if os.geteuid() == 0 else []),
    )  # fmt: skip
    database = subprocess.Popen(_mariadb(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for_socket(folder / "mariadb.sock")
        client = [
            str(programs["mariadb-client"]),
            "--no-defaults",
            f"--socket={folder}/mariadb.sock",
            "-uroot",
            "-e",
        ]
        _quietly(*client, "CREATE DATABASE wordpress CHARACTER SET utf8mb4")
        _quietly(str(programs["php-cli"]), str(folder / "install.php"), str(site))
        return (
            _quietly(str(programs["php-cli"]), str(folder / "fill.php"), str(site)).strip().splitlines()[-1]
        )
    finally:
        database.terminate()
        database.wait(60)


def start(folder: Path, path: str) -> servers.Server:
    """The running peer; ``path`` as `set_up` returned it."""
    port = servers.free_port()
    root = Path(__file__).resolve().parents[1]
    command = [sys.executable, "-m", "bench.wordpress", str(folder), str(port)]
    return servers.start("WordPress 6, nginx and php-fpm", command, port, root, path, wait=60)


def _serve(folder: Path, port: int) -> None:
    """Runs the three programs until told to stop."""
    programs = _programs()
    (folder / "fpm.conf").write_text(
        f"[global]\nerror_log = {folder}/fpm.log\ndaemonize = no\n[www]\nlisten = {folder}/fpm.sock\n"
        f"listen.mode = 0666\npm = static\npm.max_children = {PHP_PROCESSES}\n"
        + ("user = root\ngroup = root\n" if os.geteuid() == 0 else "")
    )
    (folder / "wordpress.conf").write_text(
        f"worker_processes 1; daemon off; pid {folder}/wp-nginx.pid; error_log {folder}/wp-error.log;\n"
        "events { worker_connections 1024; }\n"
        "http { access_log off; gzip on; gzip_types text/html; keepalive_requests 10000000;\n"
        + "".join(
            f"{kind}_temp_path {folder}/wp-{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"server {{ listen 127.0.0.1:{port}; root {folder}/site; index index.php;\n"
        "location / { try_files $uri $uri/ /index.php?$args; }\n"
        "location ~ \\.php$ {\n"
        + "".join(f"  fastcgi_param {name} {value};\n" for name, value in _PARAMETERS.items())
        + f"  fastcgi_pass unix:{folder}/fpm.sock; }} }} }}\n"
    )
    as_root = ["-R"] if os.geteuid() == 0 else []
    commands = [
        _mariadb(folder),
        [str(programs["php-fpm"]), "-F", *as_root, "-y", str(folder / "fpm.conf"), "-d", "opcache.enable=1",
         "-d", "opcache.revalidate_freq=60", "-d", "opcache.memory_consumption=128"],
    ]  # fmt: skip
    running = [subprocess.Popen(command) for command in commands]
    _wait_for_socket(folder / "mariadb.sock")
    _wait_for_socket(folder / "fpm.sock")
    running.append(
        subprocess.Popen([str(programs["nginx"]), "-c", str(folder / "wordpress.conf"), "-p", str(folder)])
    )
    stop = [False]
    signal.signal(signal.SIGTERM, lambda *_: stop.__setitem__(0, True))
    while not stop[0] and all(each.poll() is None for each in running):
        time.sleep(0.1)
    for each in reversed(running):
        each.terminate()
    for each in running:
        each.wait(30)


def _mariadb(folder: Path) -> list[str]:
    return [
        str(_programs()["mariadb-server"]), "--no-defaults", f"--datadir={folder}/data", f"--socket={folder}/mariadb.sock",
        "--skip-networking", "--innodb-buffer-pool-size=256M", f"--pid-file={folder}/mariadb.pid",
        *(["--user=root"] if os.geteuid() == 0 else []),
    ]  # fmt: skip


def _wait_for_socket(path: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(path)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nobody listens at {path}")


def _quietly(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr or done.stdout}")
    return done.stdout


_PARAMETERS = {
    "SCRIPT_FILENAME": "$document_root$fastcgi_script_name",
    "QUERY_STRING": "$query_string",
    "REQUEST_METHOD": "$request_method",
    "SCRIPT_NAME": "$fastcgi_script_name",
    "REQUEST_URI": "$request_uri",
    "SERVER_PROTOCOL": "$server_protocol",
    "SERVER_NAME": "$server_addr",
    "SERVER_PORT": "$server_port",
    "REMOTE_ADDR": "$remote_addr",
    "HTTP_HOST": "$http_host",  # with its port, else WordPress sends readers to port 80
}

_CONFIGURATION = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:@FOLDER@/mariadb.sock'); define('DB_CHARSET', 'utf8mb4');
$host = isset($_SERVER['HTTP_HOST']) ? $_SERVER['HTTP_HOST'] : '127.0.0.1';
define('WP_HOME', 'http://' . $host); define('WP_SITEURL', WP_HOME);
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
foreach (array('AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT',
    'NONCE_SALT') as $name) { define($name, 'a benchmark keeps no secrets'); }
$table_prefix = 'wp_';
if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
require_once ABSPATH . 'wp-settings.php';
"""

_INSTALL = """<?php
define('WP_INSTALLING', true);
function wp_mail() { return true; }
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('النخلة', 'bench', 'bench@localhost.invalid', true, '', 'bench');
"""

_FILL = """<?php
require $argv[1] . '/wp-load.php';
switch_theme('@THEME@');
update_option('permalink_structure', '/%category%/%post_id%/');
$sections = array();
$first = 0;
$articles = json_decode(file_get_contents(dirname(__FILE__) . '/articles.json'), true);
kses_remove_filters();
foreach ($articles as $number => $article) {
    if (!isset($sections[$article['section']])) {
        $term = wp_insert_term($article['section'], 'category', array('slug' => 'section-' . count($sections)));
        $sections[$article['section']] = $term['term_id'];
    }
    $post = wp_insert_post(array('post_title' => $article['headline'], 'post_content' => $article['html'],
        'post_status' => 'publish', 'post_category' => array($sections[$article['section']]),
        'post_date' => date('Y-m-d H:i:s', time() - 600 * ($number + 1))));
    if (!$first) { $first = $post; }
}
$boxes = array('_multiwidget' => 1,
    1 => array('content' => '<!-- wp:latest-posts {"postsToShow":6,"displayPostDate":true} /-->'));
foreach (array_slice(array_values($sections), 0, 6) as $place => $id) {
    $boxes[$place + 2] = array('content' =>
        '<!-- wp:latest-posts {"postsToShow":5,"displayPostDate":true,"categories":[{"id":' . $id . '}]} /-->');
}
update_option('widget_block', $boxes);
unset($boxes['_multiwidget']);
update_option('sidebars_widgets', array('wp_inactive_widgets' => array(),
    'sidebar-1' => array_map(function ($number) { return 'block-' . $number; }, array_keys($boxes)), 'array_version' => 3));
flush_rewrite_rules();
echo "\\n" . rtrim(parse_url(get_permalink($first), PHP_URL_PATH), '/') . '/' . "\\n";
"""


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), int(sys.argv[2]))

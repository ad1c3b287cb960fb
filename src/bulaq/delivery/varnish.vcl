# Varnish (7 or newer) in front of Bulaq's edge. Varnish composes the pages, keeps them by Surrogate-Control, and forgets them
# by surrogate key. The edge must trust this machine's address (BULAQ_TRUSTED_PROXIES), else it composes pages itself.
vcl 4.1;

import directors;
import std;
@IMPORT@
# Answered by the edge itself: a machine whose application is down still has its pages.
probe alive {
    .url = "/_/health/edge";
    .interval = 1s;
    .timeout = 2s;
    .window = 4;
    .threshold = 2;
    .initial = 2;
}
@BACKENDS@
sub vcl_init {
    new edges = directors.round_robin();
@EDGES@}

# Each machine tells of its purges.
acl purgers {
    "localhost";
    "127.0.0.1";
    "::1";
@PURGERS@}

sub vcl_recv {
    if (req.method == "BAN") {
        if (client.ip !~ purgers || !req.http.Surrogate-Key-Match) {
            return (synth(405));
        }
@PURGE@        return (synth(200));
    }
    set req.backend_hint = edges.backend();
    if (req.restarts == 0) {
        unset req.http.Stands-In;
    }
    if (req.restarts == 0 && req.esi_level == 0) {
        set req.http.Surrogate-Capability = {"varnish="ESI/1.0""};
    }
    if ((req.method != "GET" && req.method != "HEAD") || req.http.Authorization
        || req.url ~ "^/desk/" || req.url ~ "^/_/(read|health|preview)") {
        unset req.http.Surrogate-Capability;
        return (pass);
    }
    # The edge would not look at it; without it pages of readers with and without cookies are the same page.
    unset req.http.Cookie;
    return (hash);
}

# What has been out of date for longer than it may be is fetched first, and stands in where that fails ("Stands-In" tells a
# box not to be left out before that).
sub vcl_hit {
    if (obj.ttl < 0s && req.restarts == 0 && std.healthy(req.backend_hint)
        && obj.ttl + std.duration(regsub(obj.http.Surrogate-Control, "^.*stale-while-revalidate=([0-9]+).*$", "\1s"), 0s) < 0s) {
        set req.grace = 0s;
        set req.http.Stands-In = "looked for";
        return (restart);
    }
}

sub vcl_backend_response {
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    # A box that fails leaves its page whole without it.
    if (bereq.url ~ "^/_/box/" && beresp.status >= 400) {
        return (error(503));
    }
@KEEP@    if (beresp.http.Surrogate-Control ~ "no-store" || !beresp.http.Surrogate-Control) {
        set beresp.uncacheable = true;
        set beresp.ttl = 10s;
        if (beresp.status >= 500) {
            set beresp.ttl = 0s;
        }
        return (deliver);
    }
    if (beresp.http.Surrogate-Control ~ "ESI/1.0") {
        set beresp.do_esi = true;
    }
    set beresp.ttl = std.duration(regsub(beresp.http.Surrogate-Control, "^.*max-age=([0-9]+).*$", "\1s"), 0s)
        - std.duration(beresp.http.Age + "s", 0s);
    if (beresp.http.Surrogate-Control ~ "max-age=0(,|$)") {
        # It stands in while the edge renews it.
        set beresp.ttl = 100ms;
    }
    set beresp.grace = 0s;
    # For as long as it may stand in where no edge answers (vcl_hit).
    set beresp.grace = std.duration(
        regsub(beresp.http.Surrogate-Control, "^.*stale-if-error=([0-9]+).*$", "\1s"), 0s);
}

sub vcl_backend_error {
    # It may have gone just now: the next one has the page as well. What is written is not sent twice.
    if (beresp.reason == "Backend fetch failed" && bereq.retries < 2 && (bereq.method == "GET" || bereq.method == "HEAD")) {
        set bereq.backend = edges.backend();
        return (retry);
    }
    if (bereq.is_bgfetch) {
        return (abandon);
    }
    if (bereq.url ~ "^/_/box/" && bereq.http.Stands-In != "looked for") {
        set beresp.status = 200;
        set beresp.ttl = 1s;
        synthetic("");
        return (deliver);
    }
}

sub vcl_deliver {
    if (resp.status >= 500 && req.restarts == 1 && req.grace == 0s) {
        set req.grace = 10d;
        unset req.http.Stands-In;
        return (restart);
    }
    unset resp.http.Surrogate-Control;
    unset resp.http.Surrogate-Key;
    unset resp.http.xkey;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}

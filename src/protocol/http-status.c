#include "protocol/http-status.h"

static const LecHttpStatus statuses[] = {
  { 100, "Continue",
    N_ ("The server has seen the headers and wants the body: the client may go on sending. The real answer is still "
        "to come (RFC 9110 §15.2.1).") },
  { 101, "Switching Protocols",
    N_ ("The server agrees to leave HTTP: what follows on this connection speaks the protocol named in Upgrade, for "
        "example WebSocket (RFC 9110 §15.2.2).") },
  { 102, "Processing",
    N_ ("The server has the request and is still working on it, so that the client does not give up waiting "
        "(RFC 2518 §10.1).") },
  { 103, "Early Hints",
    N_ ("Headers sent ahead so that the client can begin to load what the page will need; the real answer is still to "
        "come (RFC 8297 §2).") },
  { 104, "Upload Resumption Supported",
    N_ ("The server tells the client how an upload can be taken up again should it break off; registered for a "
        "trial.") },
  { 200, "OK", N_ ("The request succeeded and the answer carries what was asked for (RFC 9110 §15.3.1).") },
  { 201, "Created",
    N_ ("The request succeeded and something new exists because of it; Location says where (RFC 9110 §15.3.2).") },
  { 202, "Accepted",
    N_ ("The server has taken the request but has not done the work yet, and may never do it (RFC 9110 §15.3.3).") },
  { 203, "Non-Authoritative Information",
    N_ ("It worked, but a proxy on the way changed what the server sent (RFC 9110 §15.3.4).") },
  { 204, "No Content",
    N_ ("It worked and there is nothing to send back: such an answer never has a body (RFC 9110 §15.3.5).") },
  { 205, "Reset Content",
    N_ ("It worked, and the client should clear the form it sent the request from (RFC 9110 §15.3.6).") },
  { 206, "Partial Content",
    N_ ("Only the part is sent that the client asked for with Range; Content-Range says which bytes "
        "(RFC 9110 §15.3.7).") },
  { 207, "Multi-Status",
    N_ ("The body lists several results, one for each resource that the request touched (RFC 4918 §11.1).") },
  { 208, "Already Reported",
    N_ ("This part was listed before in the same answer and is not repeated (RFC 5842 §7.1).") },
  { 226, "IM Used", N_ ("The body is the difference from what the client has, not the whole (RFC 3229 §10.4.1).") },
  { 300, "Multiple Choices",
    N_ ("There are several forms of what was asked for, and the client should choose one (RFC 9110 §15.4.1).") },
  { 301, "Moved Permanently",
    N_ ("It has moved for good: ask at the address in Location, now and from now on (RFC 9110 §15.4.2).") },
  { 302, "Found",
    N_ ("It is at another address for the moment: ask there, as Location says, and here again next time "
        "(RFC 9110 §15.4.3).") },
  { 303, "See Other",
    N_ ("The answer stands at another address, to be fetched there with GET; usual after a form was sent "
        "(RFC 9110 §15.4.4).") },
  { 304, "Not Modified",
    N_ ("Nothing is sent because the copy the client has is still good: it had asked only for something newer, with "
        "If-Modified-Since or If-None-Match (RFC 9110 §15.4.5).") },
  { 305, "Use Proxy", N_ ("Was meant to send the client to a proxy; no longer used (RFC 9110 §15.4.6).") },
  { 306, "(Unused)", N_ ("Kept free: an early version of HTTP used it (RFC 9110 §15.4.7).") },
  { 307, "Temporary Redirect",
    N_ ("It is at another address for the moment, and the request must be repeated there with the same method "
        "(RFC 9110 §15.4.8).") },
  { 308, "Permanent Redirect",
    N_ ("It has moved for good, and the request must be repeated there with the same method (RFC 9110 §15.4.9).") },
  { 400, "Bad Request", N_ ("The server could not make sense of the request (RFC 9110 §15.5.1).") },
  { 401, "Unauthorized",
    N_ ("The server wants to know who is asking: WWW-Authenticate says how, and the client may try again with "
        "Authorization (RFC 9110 §15.5.2).") },
  { 402, "Payment Required",
    N_ ("Kept for later use; some services send it when a quota is used up "
        "(RFC 9110 §15.5.3).") },
  { 403, "Forbidden", N_ ("The server understood and refuses; signing in would not change that (RFC 9110 §15.5.4).") },
  { 404, "Not Found",
    N_ ("There is nothing at this address, or the server does not want to say that there is (RFC 9110 §15.5.5).") },
  { 405, "Method Not Allowed",
    N_ ("It exists, but not for this method; Allow lists those that would work (RFC 9110 §15.5.6).") },
  { 406, "Not Acceptable",
    N_ ("The server has it in no form that the client's Accept headers allow (RFC 9110 §15.5.7).") },
  { 407, "Proxy Authentication Required",
    N_ ("Not the server but the proxy before it wants to know who is asking (RFC 9110 §15.5.8).") },
  { 408, "Request Timeout",
    N_ ("The request did not arrive whole in the time the server was willing to wait (RFC 9110 §15.5.9).") },
  { 409, "Conflict",
    N_ ("The request does not fit the present state, for example an edit of a version that is no longer the newest "
        "(RFC 9110 §15.5.10).") },
  { 410, "Gone", N_ ("It was here and has been removed for good (RFC 9110 §15.5.11).") },
  { 411, "Length Required", N_ ("The server wants a Content-Length before it reads a body (RFC 9110 §15.5.12).") },
  { 412, "Precondition Failed",
    N_ ("A condition in the request, such as If-Match, is not met, so nothing was done (RFC 9110 §15.5.13).") },
  { 413, "Content Too Large", N_ ("The body is larger than the server is willing to take (RFC 9110 §15.5.14).") },
  { 414, "URI Too Long", N_ ("The address is longer than the server is willing to read (RFC 9110 §15.5.15).") },
  { 415, "Unsupported Media Type",
    N_ ("The body is of a type, or coded in a way, that the server does not take (RFC 9110 §15.5.16).") },
  { 416, "Range Not Satisfiable", N_ ("The client asked for bytes that lie behind the end (RFC 9110 §15.5.17).") },
  { 417, "Expectation Failed", N_ ("The server cannot do what the Expect header asks for (RFC 9110 §15.5.18).") },
  { 418, "(Unused)",
    N_ ("Kept free because of an April joke about teapots that many servers have built in (RFC 9110 §15.5.19).") },
  { 421, "Misdirected Request",
    N_ ("This server does not answer for the host that was asked for; another connection may (RFC 9110 §15.5.20).") },
  { 422, "Unprocessable Content",
    N_ ("The body is well written but what it says cannot be done (RFC 9110 §15.5.21).") },
  { 423, "Locked", N_ ("Someone holds a lock on it (RFC 4918 §11.3).") },
  { 424, "Failed Dependency", N_ ("Not done because something it depends on failed (RFC 4918 §11.4).") },
  { 425, "Too Early",
    N_ ("The request came in TLS early data, which an attacker could repeat; send it again once the handshake is over "
        "(RFC 8470 §5.2).") },
  { 426, "Upgrade Required",
    N_ ("The server will not serve this in the present protocol; Upgrade names the one it wants "
        "(RFC 9110 §15.5.22).") },
  { 428, "Precondition Required",
    N_ ("The server wants the request to be conditional, so that no one's change is lost (RFC 6585 §3).") },
  { 429, "Too Many Requests", N_ ("The client asks too often; Retry-After may say how long to wait (RFC 6585 §4).") },
  { 431, "Request Header Fields Too Large",
    N_ ("The headers are larger than the server is willing to read, often because of a cookie (RFC 6585 §5).") },
  { 451, "Unavailable For Legal Reasons", N_ ("The law forbids the server to send it (RFC 7725 §3).") },
  { 500, "Internal Server Error",
    N_ ("Something went wrong inside the server; the request itself may have been fine (RFC 9110 §15.6.1).") },
  { 501, "Not Implemented", N_ ("The server does not know this method at all (RFC 9110 §15.6.2).") },
  { 502, "Bad Gateway",
    N_ ("The server is a proxy, and the server behind it gave an answer that made no sense (RFC 9110 §15.6.3).") },
  { 503, "Service Unavailable",
    N_ ("The server is overloaded or being repaired; Retry-After may say how long (RFC 9110 §15.6.4).") },
  { 504, "Gateway Timeout",
    N_ ("The server is a proxy, and the server behind it did not answer in time (RFC 9110 §15.6.5).") },
  { 505, "HTTP Version Not Supported", N_ ("The server does not speak this version of HTTP (RFC 9110 §15.6.6).") },
  { 506, "Variant Also Negotiates", N_ ("The server's choice of variants leads in a circle (RFC 2295 §8.1).") },
  { 507, "Insufficient Storage", N_ ("The server has no room to store what the request brings (RFC 4918 §11.5).") },
  { 508, "Loop Detected", N_ ("The server gave up because the resource contains itself (RFC 5842 §7.2).") },
  { 510, "Not Extended", N_ ("The request lacks an extension that the server wants; no longer used (RFC 2774 §7).") },
  { 511, "Network Authentication Required",
    N_ ("Not the server but the network on the way wants a sign-in first: the page of a hotel or a café "
        "(RFC 6585 §6).") },
};

const LecHttpStatus *
lec_http_status (unsigned code)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i].code == code)
      return &statuses[i];
  return NULL;
}

const char *
lec_http_status_class (unsigned code)
{
  static const char *const classes[] = {
    N_ ("1xx: an interim answer; the real one is still to come (RFC 9110 §15.2)."),
    N_ ("2xx: the request was understood and done (RFC 9110 §15.3)."),
    N_ ("3xx: the client has to do something more, most often ask at another address or use its own copy "
        "(RFC 9110 §15.4)."),
    N_ ("4xx: the server holds that the request is at fault (RFC 9110 §15.5)."),
    N_ ("5xx: the server failed at a request that may have been fine (RFC 9110 §15.6)."),
  };

  return code >= 100 && code < 600 ? classes[code / 100 - 1] : NULL;
}

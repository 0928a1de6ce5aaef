-- For wrk: the same request again and again, at most so many of each thread, and the result as one line of JSON.
-- A guard: whoever started wrk stops it by time. It goes on counting the time after the last request, so the limit is high.

local limit, sent, prepared = 0, 0, nil

function init(args)
   limit = tonumber(args[1]) or 0
end

function request()
   prepared = prepared or wrk.format()
   sent = sent + 1
   if limit > 0 and sent > limit then wrk.thread:stop() end
   return prepared
end

function done(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format(
      '\n{"requests": %d, "seconds": %.6f, "bytes": %d, "errors": %d, "p50_ms": %.4f, "p99_ms": %.4f}\n',
      summary.requests, summary.duration / 1e6, summary.bytes,
      errors.connect + errors.read + errors.write + errors.status + errors.timeout,
      latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end

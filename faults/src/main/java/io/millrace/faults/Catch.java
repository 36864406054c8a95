package io.millrace.faults;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a planted bug was caught. It is kept as the remark of a good run, and read again for the table.
 *
 * @param by the layer or check that caught it, or how the process died of it
 * @param run of that check, from 1
 * @param milliseconds since the process began
 * @param what the check said; without it nobody can tell a catch from a check that failed by itself
 */
record Catch(String by, int run, long milliseconds, String what) {
    private static final Pattern TEXT =
            Pattern.compile("caught by (.+?), run (\\d+), after (\\d+) ms(?:: (.*))?", Pattern.DOTALL);

    /** The one in a remark, if it is one. */
    static Optional<Catch> of(final String remark) {
        final Matcher matcher = TEXT.matcher(remark);
        return matcher.matches()
                ? Optional.of(new Catch(
                        matcher.group(1),
                        Integer.parseInt(matcher.group(2)),
                        Long.parseLong(matcher.group(3)),
                        Objects.requireNonNullElse(matcher.group(4), "")))
                : Optional.empty();
    }

    String remark() {
        return "caught by " + by + ", run " + run + ", after " + milliseconds + " ms: " + what;
    }

    double seconds() {
        return milliseconds / 1000.0;
    }
}

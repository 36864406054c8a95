package io.millrace.contest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Lets a contender run in a process of its own, so that its libraries, its compiled code and its heap are nobody else's.
 * It waits for a line on its standard input, does what that says, answers by a line, and waits again:
 *
 * <pre>
 *  describe                                      settings, one line each, after its key, title and durability
 *  live   ACCOUNTS COMMANDS SEED DIRECTORY       RESULT elapsedNs cpuNs allocatedBytes events residentBytes
 *  replay ACCOUNTS COMMANDS SEED DIRECTORY       the same
 * </pre>
 *
 * Or it answers {@code FAILED} and the reason. An answer of the contender that is not the one expected is a failure. What
 * libraries print goes to the standard error.
 */
public final class ContenderProcess {
    /** Begins the answer when all went well. */
    public static final String RESULT = "RESULT";

    /** Begins the answer when something went wrong. */
    public static final String FAILED = "FAILED";

    /** Ends a description. */
    public static final String END = "END";

    private final Contender contender;
    private final PrintStream out;

    private ContenderProcess(final Contender contender, final PrintStream out) {
        this.contender = contender;
        this.out = out;
    }

    /** Serves until the standard input ends, then ends the process: a library may have left threads behind. */
    public static void serve(final Contender contender) throws IOException {
        final PrintStream answers = System.out;
        System.setOut(System.err);
        final ContenderProcess process = new ContenderProcess(contender, answers);
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        while (line != null) {
            process.answer(line.split(" ", 5));
            line = in.readLine();
        }
        System.exit(0);
    }

    private void answer(final String[] words) {
        try {
            switch (words[0]) {
                case "describe" -> describe();
                case "live" -> live(Path.of(words[4]), work(words));
                case "replay" -> replay(Path.of(words[4]), work(words));
                default -> throw new IllegalArgumentException("must be describe, live or replay: " + words[0]);
            }
        } catch (final Throwable e) {
            e.printStackTrace();
            out.println(FAILED + " " + String.valueOf(e).replace('\n', ' '));
        }
        out.flush();
    }

    private static Work work(final String[] words) {
        return new Work(Integer.parseInt(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }

    private void describe() {
        out.println("key=" + contender.key());
        out.println("title=" + contender.title());
        out.println("durability=" + contender.durability());
        out.println("replays=" + contender.replays());
        contender.settings().forEach((name, value) -> out.println("setting." + name + "=" + value));
        out.println(END);
    }

    private void live(final Path directory, final Work work) throws Exception {
        final Contender.Live run = contender.live(directory, work);
        final Answer expected = work.expected();
        require("answer", expected, run.answer());
        print(run.usage(), run.answer().events());
    }

    private void replay(final Path directory, final Work work) throws Exception {
        final Contender.Replay run = contender.replay(directory, work);
        require("events replayed", work.expected().events(), run.events());
        require("state after replay", work.expected().stateHash(), run.stateHash());
        print(run.usage(), run.events());
    }

    private static void require(final String what, final Object expected, final Object found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException(what + " must be " + expected + ", found " + found);
        }
    }

    private void print(final Usage usage, final long events) throws IOException {
        out.println(String.join(
                " ",
                RESULT,
                Long.toString(usage.elapsedNs()),
                Long.toString(usage.cpuNs()),
                Long.toString(usage.allocatedBytes()),
                Long.toString(events),
                Long.toString(residentBytes())));
    }

    /** What the process holds of the machine's memory, mapped files included; 0 where the kernel does not tell. */
    private static long residentBytes() throws IOException {
        final Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }
}

package io.millrace.benchmarks.latency;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.benchmarks.rig.Priming;
import io.millrace.contest.Work;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.StageLayout;
import io.millrace.journal.Durability;
import io.millrace.journal.JournalConfig;
import io.millrace.projections.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.agrona.IoUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One run of the rig in a process of its own; started by {@code latency} and {@code ugly}, and by hand to profile one. */
@Command(
        name = LatencyRun.NAME,
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "One run on a fixed schedule; prints its percentiles as JSON.")
public final class LatencyRun implements Callable<Integer> {
    /** On the command line. */
    public static final String NAME = "latency-run";

    private static final int BYTES_PER_COMMAND = 132;
    private static final int BURST_COMMANDS = 300_000;
    private static final int BURST_FORCES = 200;
    private static final int WARM_UP_PARTS = 4;

    @Option(names = "--subject", description = "millrace, hand_wired or bare_force", required = true)
    private String subjectName;

    @Option(names = "--situation", description = "${COMPLETION-CANDIDATES}")
    private Situation.Kind kind = Situation.Kind.QUIET;

    @Option(names = "--durability", description = "of Millrace: ${COMPLETION-CANDIDATES}")
    private Durability durability = Durability.JOURNALED;

    @Option(names = "--layout", description = "of Millrace: ${COMPLETION-CANDIDATES}")
    private StageLayout layout = StageLayout.FUSED;

    @Option(names = "--attachment", description = "of Millrace's projection: ${COMPLETION-CANDIDATES}")
    private Attachment attachment = Attachment.TAILING;

    @Option(names = "--ring-size")
    private int ringSize = EngineConfig.DEFAULT_RING_SIZE;

    @Option(names = "--touch-ahead", description = "bytes that Millrace fills ahead of its writer")
    private int touchAheadBytes = JournalConfig.DEFAULT_TOUCH_AHEAD_BYTES;

    @Option(names = "--accounts")
    private int accounts = 262_144;

    @Option(names = "--rate", description = "commands a second; 0: each when the one before was answered")
    private long rate = 100_000;

    @Option(names = "--warm-up", description = "seconds that do not count")
    private double warmUpSeconds = 2;

    @Option(names = "--seconds", description = "seconds that are recorded; with rate 0: thousands of commands")
    private double seconds = 5;

    @Option(names = "--dir", description = "where the journal goes")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--hlog", description = "folder for the histogram logs; none without it")
    private Path hlog;

    @Option(names = "--name", description = "of the histogram logs")
    private String name = "run";

    @Override
    public Integer call() throws Exception {
        final Path scratch = Files.createTempDirectory(directory, "millrace-latency-");
        try {
            System.out.println(new ObjectMapper().writeValueAsString(run(scratch)));
            return 0;
        } finally {
            IoUtil.delete(scratch.toFile(), false);
        }
    }

    private Map<String, Object> run(final Path scratch) throws Exception {
        final Path journal = Files.createTempDirectory(scratch, "journal-");
        Priming.touch(scratch, bytesAfter(seconds));
        final Situation situation = kind.create();
        try (Recording recording = new Recording(hlog, name);
                Subject subject = subject(journal, situation, recording);
                Background pauses = Background.pauses(recording)) {
            final boolean kept = send(subject, situation, recording);
            pauses.requireRunning();
            final Map<String, Object> result = new LinkedHashMap<>(recording.summary());
            result.put("kept_rate", kept);
            result.put("refused", subject.refused());
            if (!kept) {
                recording.markMissed();
            }
            return result;
        }
    }

    /** How long the journal will be when so much was recorded. */
    private long bytesAfter(final double recordedSeconds) {
        return Math.round((BURST_COMMANDS + rate * (warmUpSeconds + recordedSeconds)) * BYTES_PER_COMMAND);
    }

    private Subject subject(final Path journal, final Situation situation, final Recording recording)
            throws IOException {
        if (subjectName.equals("bare_force")) {
            return new BareForceSubject(journal, recording);
        }
        if (subjectName.equals("hand_wired")) {
            return new HandWiredSubject(journal, accounts, ringSize, recording);
        }
        if (!subjectName.equals("millrace")) {
            throw new IllegalArgumentException("subject must be millrace, hand_wired or bare_force: " + subjectName);
        }
        final EngineConfig config = EngineConfig.at(journal).layout(layout).ringSize(ringSize);
        config.journal().touchAheadBytes(touchAheadBytes);
        situation.configure(config, journal, bytesAfter(seconds / 2));
        return new MillraceSubject(config, accounts, durability, attachment, situation, recording);
    }

    private boolean send(final Subject subject, final Situation situation, final Recording recording) throws Exception {
        final Sender sender = new Sender(subject, new Work(accounts, 0, 1));
        sender.burst(subjectName.equals("bare_force") ? BURST_FORCES : BURST_COMMANDS);
        final boolean kept;
        if (rate == 0) {
            sender.oneByOne(Math.round(warmUpSeconds * 1000));
            recording.start(System.currentTimeMillis());
            sender.oneByOne(Math.round(seconds * 1000));
            kept = true;
        } else {
            warmUp(sender);
            begin(subject, situation);
            recording.start(System.currentTimeMillis());
            try (Background log = Background.log(recording)) {
                kept = sender.schedule(rate, seconds);
                log.requireRunning();
            }
        }
        situation.end();
        sender.await();
        recording.log();
        return kept;
    }

    /** In parts: a loop that is called but once is compiled while it runs, and that code is left with it. */
    private void warmUp(final Sender sender) {
        for (int part = 0; part < WARM_UP_PARTS; part++) {
            sender.schedule(rate, warmUpSeconds / WARM_UP_PARTS);
            sender.await();
        }
    }

    private void begin(final Subject subject, final Situation situation) {
        if (subject instanceof MillraceSubject millrace) {
            situation.begin(millrace.engine());
        } else if (kind != Situation.Kind.QUIET) {
            throw new IllegalArgumentException("only millrace is put into situations: " + kind);
        }
    }
}

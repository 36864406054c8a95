package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.rig.ChildRun;
import io.millrace.contest.Contender;
import io.millrace.contest.Contender.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who can be compared, and by which command line. */
final class Rivals {
    /** Those that are in this jar, in the order of the report. */
    static final List<String> OWN =
            List.of("floor", "raw_disruptor", "raw_cq", "hand_wired", "millrace", "millrace_synced");

    private static final String PEER_JAR = "target/peer.jar";

    private Rivals() {}

    /** One of {@link #OWN}. */
    static Contender create(final String key, final Options options) {
        return switch (key) {
            case "floor" -> new FloorContender();
            case "raw_disruptor" -> new HandWiredContender(false, options);
            case "raw_cq" -> new RawQueueContender();
            case "hand_wired" -> new HandWiredContender(true, options);
            case "millrace" -> new MillraceContender(Durability.JOURNALED, options);
            case "millrace_synced" -> new MillraceContender(Durability.SYNCED, options);
            default -> throw new IllegalArgumentException("contender must be one of " + OWN + ": " + key);
        };
    }

    /** Command lines by key: our own, then each peer whose jar was built. */
    static Map<String, List<String>> commands(final Path home, final List<String> jvmFlags, final List<String> options)
            throws IOException {
        final Map<String, List<String>> commands = new LinkedHashMap<>();
        for (final String key : OWN) {
            final List<String> command = ChildRun.java(jvmFlags, ChildRun.jar());
            command.add(ContenderCommand.NAME);
            command.add(key);
            command.addAll(options);
            commands.put(key, command);
        }
        for (final Path peer : peers(home)) {
            final String key = peer.getFileName().toString().replace('-', '_');
            commands.put(key, ChildRun.java(jvmFlags, peer.resolve(PEER_JAR).toString()));
        }
        return commands;
    }

    /** The folders of the peers that were built. */
    private static List<Path> peers(final Path home) throws IOException {
        final Path folder = home.resolve("peers");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> modules = Files.list(folder)) {
            return modules.filter(module -> Files.isRegularFile(module.resolve(PEER_JAR)))
                    .sorted()
                    .toList();
        }
    }
}

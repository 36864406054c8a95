package io.millrace.faults.kill;

import io.millrace.faults.agent.FailpointCounts;
import io.millrace.faults.agent.InstrumentedJar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts child processes fast: the classes with failpoints stand in a jar of their own, first on the class path, so that
 * no agent has to change them, and all classes come out of a shared archive, made once by a first run. Such a child is up
 * and has an engine open in half the time.
 */
public final class ChildJvm {
    private static final List<String> FLAGS = List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xlog:all=off",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.util.zip=ALL-UNNAMED",
            "-Dchronicle.analytics.disable=true",
            "-Dchronicle.announcer.disable=true",
            "-Dchronicle.disk.monitor.disable=true",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off");

    /** The first Java that warns without these, and knows them. */
    private static final int STRICT_JAVA = 24;

    private static final List<String> STRICT_FLAGS =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    private static final String FIRST_RUN_COUNTS = "first-run.counts";
    private static final long FIRST_RUN_S = 60;

    private final Path scratch;
    private final Jdk jdk;
    private final String classPath;
    private final Path archive;
    private final Path temporary;

    private ChildJvm(final Path scratch, final Jdk jdk) throws IOException {
        this.scratch = scratch;
        this.jdk = jdk;
        classPath = InstrumentedJar.write(scratch.resolve("failpoints.jar"))
                + File.pathSeparator
                + System.getProperty("java.class.path");
        temporary = Files.createDirectories(scratch.resolve("tmp"));
        archive = scratch.resolve("classes.jsa");
    }

    /** With what it needs in a scratch directory, and this process's Java. */
    public static ChildJvm prepare(final Path scratch) throws IOException, InterruptedException {
        return prepare(scratch, Jdk.ofThisProcess());
    }

    /** With another Java. */
    public static ChildJvm prepare(final Path scratch, final Jdk jdk) throws IOException, InterruptedException {
        final ChildJvm jvm = new ChildJvm(scratch, jdk);
        jvm.makeArchive();
        return jvm;
    }

    /** A run that does everything once, so that every class is loaded. Without the archive it all works, more slowly. */
    private void makeArchive() throws IOException, InterruptedException {
        final Path directory = scratch.resolve("first-run");
        final WorkOptions options = WorkOptions.brief(directory, scratch.resolve("first-run.acks"), 0);
        final List<String> counting = List.of("-Dmillrace.failpoint.counts=" + scratch.resolve(FIRST_RUN_COUNTS));
        final List<String> command = new ArrayList<>(command(List.of(), counting, WorkChild.class, options));
        if (isOfJars(classPath)) {
            command.add(1, "-XX:ArchiveClassesAtExit=" + archive);
        }
        command.removeIf(argument -> argument.startsWith("-XX:SharedArchiveFile"));
        try (ChildProcess child = ChildProcess.start(command, scratch.resolve("first-run.err"))) {
            final ChildExit exit = child.awaitEnd(TimeUnit.SECONDS.toNanos(FIRST_RUN_S));
            if (exit != ChildExit.DONE) {
                throw new IOException("a child without a fault must do its work: " + exit + ", " + child.said());
            }
        }
    }

    /** The JVM makes no archive of classes that lie in folders. */
    private static boolean isOfJars(final String classPath) {
        return Stream.of(classPath.split(File.pathSeparator)).noneMatch(entry -> Files.isDirectory(Path.of(entry)));
    }

    /** How often a run without faults passes each failpoint. */
    public FailpointCounts firstRunCounts() {
        return FailpointCounts.map(scratch.resolve(FIRST_RUN_COUNTS));
    }

    /** Starts a child with system properties, such as the one that arms a failpoint. */
    public ChildProcess start(final Map<String, String> properties, final WorkOptions options) throws IOException {
        return start(List.of(), properties, options);
    }

    /** Starts a child beneath another program, such as strace. */
    public ChildProcess start(
            final List<String> prefix, final Map<String, String> properties, final WorkOptions options)
            throws IOException {
        return start(prefix, properties, WorkChild.class, options);
    }

    /** Starts a child that does another kind of work. */
    ChildProcess start(
            final List<String> prefix,
            final Map<String, String> properties,
            final Class<?> mainClass,
            final WorkOptions options)
            throws IOException {
        final List<String> flags = new ArrayList<>();
        properties.forEach((key, value) -> flags.add("-D" + key + "=" + value));
        return ChildProcess.start(
                command(prefix, flags, mainClass, options),
                options.acks().resolveSibling(options.acks().getFileName() + ".err"));
    }

    private List<String> command(
            final List<String> prefix, final List<String> flags, final Class<?> mainClass, final WorkOptions options) {
        final List<String> command = new ArrayList<>(prefix);
        command.add(jdk.java().toString());
        command.addAll(FLAGS);
        if (jdk.feature() >= STRICT_JAVA) {
            command.addAll(STRICT_FLAGS);
        }
        if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        // Libraries unpack native code there, and a process that is killed leaves it behind.
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-XX:ErrorFile="
                + options.acks().resolveSibling("hs_err_" + options.acks().getFileName()));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, mainClass.getName()));
        command.addAll(options.arguments());
        return command;
    }
}

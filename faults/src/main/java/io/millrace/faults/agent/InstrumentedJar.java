package io.millrace.faults.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The classes that have failpoints, with them, in a jar to be put first on a class path. It does what the agent does, but
 * once for many processes, and a process without an agent can take its classes from a shared archive.
 */
public final class InstrumentedJar {
    private InstrumentedJar() {}

    /** Writes it. Returns the file. */
    public static Path write(final Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream jar = new ZipOutputStream(out)) {
            for (final String className : new TreeSet<>(FailpointTable.CLASS_NAMES)) {
                jar.putNextEntry(new ZipEntry(className.replace('.', '/') + ".class"));
                jar.write(FailpointInstrumentation.instrument(className, classFile(className), new BitSet()));
                jar.closeEntry();
            }
        }
        return file;
    }

    static byte[] classFile(final String className) throws IOException {
        final String resource = className.replace('.', '/') + ".class";
        try (InputStream in = InstrumentedJar.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("class must be on the class path: " + className);
            }
            return in.readAllBytes();
        }
    }
}

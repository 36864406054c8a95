package io.millrace.examples.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WikiEditReaderTest {
    private static final String LINE = """
            {"time":"2015-09-12T00:46:58.771Z","channel":"#en.wikipedia","cityName":null,"comment":"added project",\
            "countryIsoCode":null,"countryName":null,"isAnonymous":false,"isMinor":false,"isNew":false,"isRobot":true,\
            "isUnpatrolled":false,"metroCode":null,"namespace":"Talk","page":"Talk:Oswald Tilghman",\
            "regionIsoCode":null,"regionName":null,"user":"GELongstreet","delta":36,"added":36,"deleted":0}""";

    @TempDir
    private Path folder;

    @Test
    void shouldReadEveryFieldWhenTheLineIsGood() throws IOException {
        try (WikiEditReader reader = open(LINE + '\n')) {
            assertEquals(WikiEdits.EDIT, reader.next());
            assertNull(reader.next());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"added\":36       | \"added\":\"36\"   | added must be an integer",
                "\"added\":36       | \"added\":3000000000 | out of range of int",
                "\"added\":36,      | ''                 | missing=[added]",
                "\"added\":36       | \"delta\":36       | field must be there once: delta",
                "\"page\":\"Talk:Oswald Tilghman\" | \"page\":null | page must be a string",
                "\"isNew\":false    | \"isNew\":0        | isNew must be true or false",
                "2015-09-12T        | 2015-09-42T        | time must be an ISO-8601 instant",
                "\"deleted\":0}     | \"deleted\":0      | end-of-input",
                "\"deleted\":0}     | \"deleted\":0}{}   | line must hold one object",
                "{\"time\"          | [\"time\"          | line must be an object",
            })
    void shouldNameTheLineWhenItIsMalformed(final String good, final String bad, final String message)
            throws IOException {
        try (WikiEditReader reader = open(LINE + '\n' + LINE.replace(good, bad) + '\n' + LINE + '\n')) {
            reader.next();
            final MalformedEditException e = assertThrows(MalformedEditException.class, reader::next);

            assertEquals(2, e.line());
            assertTrue(e.getMessage().startsWith("line 2: "), e.getMessage());
            assertTrue(e.getMessage().contains(message), e.getMessage());
            assertEquals(WikiEdits.EDIT, reader.next());
        }
    }

    @Test
    void shouldRefuseAnEmptyLine() throws IOException {
        try (WikiEditReader reader = open("\n")) {
            assertEquals(
                    1, assertThrows(MalformedEditException.class, reader::next).line());
        }
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8() throws IOException {
        final byte[] bytes = LINE.replace("added project", "?").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '?' ? (byte) 0xFF : bytes[i];
        }
        try (WikiEditReader reader = open(bytes)) {
            assertThrows(MalformedEditException.class, reader::next);
        }
    }

    @Test
    void shouldRefuseAFileThatIsNotGzip() throws IOException {
        final Path file = Files.writeString(folder.resolve("plain"), LINE);

        assertThrows(ZipException.class, () -> new WikiEditReader(file).close());
    }

    @Test
    void shouldReadAllOfTheRealEdits() throws IOException {
        int edits = 0;
        try (WikiEditReader reader = new WikiEditReader(WikiEdits.file())) {
            while (reader.next() != null) {
                edits++;
            }
        }
        assertEquals(39_244, edits);
    }

    private WikiEditReader open(final String text) throws IOException {
        return open(text.getBytes(StandardCharsets.UTF_8));
    }

    private WikiEditReader open(final byte[] bytes) throws IOException {
        final Path file = folder.resolve("edits.json.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return new WikiEditReader(file);
    }
}

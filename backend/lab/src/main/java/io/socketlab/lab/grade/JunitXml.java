package io.socketlab.lab.grade;

import io.socketlab.lab.check.Verdict;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A result as a JUnit report, which every CI system can show. */
final class JunitXml {

    private final XMLStreamWriter xml;

    private JunitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String of(ResultDocument result) {
        var text = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new JunitXml(writer).write(result);
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write the report", e);
        }
        return text + "\n";
    }

    private void write(ResultDocument result) throws XMLStreamException {
        List<ResultDocument.Test> tests = result.tests();
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", result.lab().id());
        xml.writeAttribute("tests", Integer.toString(tests.size()));
        xml.writeAttribute("failures", count(tests, Verdict.FAIL));
        xml.writeAttribute("errors", count(tests, Verdict.ERROR));
        long skipped = tests.stream().filter(t -> isSkipped(t.status())).count();
        xml.writeAttribute("skipped", Long.toString(skipped));
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.5f", result.executionTime()));
        for (ResultDocument.Test test : tests) write(result, test);
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void write(ResultDocument result, ResultDocument.Test test) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.lab().id());
        xml.writeAttribute("name", test.id() + ": " + test.name());
        if (test.status() == Verdict.FAIL) detail("failure", test);
        else if (test.status() == Verdict.ERROR) detail("error", test);
        else if (isSkipped(test.status())) detail("skipped", test);
        xml.writeEndElement();
    }

    private void detail(String element, ResultDocument.Test test) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("message", clean(test.output()));
        if (!element.equals("skipped")) xml.writeAttribute("type", test.status().name());
        if (!test.feedback().isEmpty()) xml.writeCharacters(clean(test.feedback()));
        xml.writeEndElement();
    }

    private static boolean isSkipped(Verdict verdict) {
        return verdict == Verdict.NOT_EXERCISED || verdict == Verdict.BLOCKED;
    }

    private static String count(List<ResultDocument.Test> tests, Verdict verdict) {
        return Long.toString(tests.stream().filter(t -> t.status() == verdict).count());
    }

    /** XML 1.0 has no control characters but these. */
    private static String clean(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "\ufffd");
    }
}

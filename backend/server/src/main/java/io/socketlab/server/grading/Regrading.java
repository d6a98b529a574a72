package io.socketlab.server.grading;

import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.ResultFormat;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** What was handed in over REST, graded again. */
@Service
public class Regrading {

    private final JobStore jobs;
    private final JobGrader grader;

    Regrading(JobStore jobs, JobGrader grader) {
        this.jobs = jobs;
        this.grader = grader;
    }

    /** Grades a job's answer with its lab as it is now; empty if one of them is gone. */
    public Optional<ResultDocument> again(UUID job) {
        return jobs.find(job).flatMap(grader::again);
    }

    /** Puts a result in place of a job's. */
    public void replace(UUID job, double score, double maxScore, String verdict, String document) {
        boolean whole = !ResultFormat.parse(document).holdsBack();
        var inShort = new JobView.ShortResult(verdict, score, maxScore, true);
        jobs.replace(job, inShort, document, whole);
    }

    /** The stored result of a job. */
    public Optional<String> document(UUID job) {
        return jobs.result(job).map(JobResult::document);
    }
}

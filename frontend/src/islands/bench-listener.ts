import type { BenchListener } from "../api/bench-socket.ts";
import type { Bench } from "./bench.ts";

/** What a bench does with what comes from the server. */
export function listener(bench: Bench): BenchListener {
  const { recording, inputs, landmarks } = bench;
  return {
    hello(frame) {
      bench.hello = frame;
      bench.next = frame.next;
      bench.changed();
    },
    events(events) {
      const whole = recording.append(events);
      landmarks.arrived();
      bench.debugging.arrived();
      bench.changed();
      return whole;
    },
    ack(frame) {
      bench.next = frame.next;
      inputs.acknowledged(frame);
      bench.changed();
    },
    refused(frame) {
      inputs.refused(frame);
      landmarks.refused();
      bench.changed();
    },
    questions({ questions }) {
      bench.questions.told(questions);
      bench.questions.count(bench.statement);
      bench.changed();
    },
    remarks({ remarks }) {
      bench.remarks = remarks;
      bench.changed();
    },
    checks({ tests, predictions }) {
      bench.checks = tests;
      bench.predictions = predictions;
      bench.moments.judged();
      bench.changed();
    },
  };
}

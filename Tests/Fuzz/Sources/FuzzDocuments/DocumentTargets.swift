// SPDX-License-Identifier: GPL-3.0-or-later
import Conformance
import Experiments
import Foundation
import Fuzzing
import Reporting
import Vectors

/// Readers of lists of known failures and of what the tool itself wrote: vectors, records, documents.
let documentTargets = [
  Target(name: "xfails") { bytes in
    refusing { _ = try KnownFailures(parsing: String(decoding: bytes, as: UTF8.self)) }
  },
  Target(name: "vectors") { bytes in
    refusing {
      let file = try VectorFile(parsing: bytes)
      require("vectors that are written are others") {
        try VectorFile(parsing: file.document.description.utf8).document == file.document
      }
    }
  },
  Target(name: "record") { bytes in
    refusing {
      let record = try ConformanceRecord(parsing: bytes)
      require("a record that is written is another") {
        try ConformanceRecord(parsing: record.document.description.utf8) == record
      }
    }
  },
  Target(name: "experiment-record") { bytes in
    let path = "/dev/shm/fuzz-record-\(getpid())"
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else { return }
    refusing { _ = try RunRecord(path: path, experiment: NoExperiment(), seed: 1) }
  },
  Target(name: "page") { bytes in
    refusing {
      let page = try Page([Document(name: "input.json", bytes: bytes)])
      require("text of a document became markup") { !page.html.lowercased().contains("<script>alert") }
    }
  },
]

/// An experiment whose records are read and never made.
private struct NoExperiment: Experiment {
  var name: String { "none" }
  var settings: [Setting] { [] }
  var trials: [ExperimentTrial] { [] }
  func runs(of trial: ExperimentTrial, seed: UInt64) throws -> [Run] { [] }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import Conformance
import DataTables
import ExactAlgebra
import ExactJSON
import PropertyTesting

/// Readers of short texts and of JSON.
let textTargets = [
  Target(name: "json") { bytes in
    refusing {
      let value = try JSONValue(parsing: bytes)
      require("JSON that is written is another value") { try JSONValue(parsing: value.description) == value }
    }
  },
  Target(name: "number") { bytes in
    refusing {
      let number = try Rational(parsing: String(decoding: bytes, as: UTF8.self))
      require("a number that is written is another one") { try Rational(parsing: number.description) == number }
    }
  },
  Target(name: "columns") { bytes in
    refusing { _ = try ColumnList(String(decoding: bytes, as: UTF8.self)) }
  },
  Target(name: "replay") { bytes in
    refusing {
      let line = try ReplayLine(parsing: String(decoding: bytes, as: UTF8.self))
      require("a replay line that is written is another case") { try ReplayLine(parsing: line.description) == line }
    }
  },
  Target(name: "xfails") { bytes in
    refusing { _ = try KnownFailures(parsing: String(decoding: bytes, as: UTF8.self)) }
  },
]

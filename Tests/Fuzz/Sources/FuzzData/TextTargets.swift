// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import ExactAlgebra
import ExactJSON
import Fuzzing

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
]

// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import Datasets
import Foundation
import Fuzzing

/// Readers of tables, arrays, archives and compressed files.
///
/// Mutated archives and gzip files fail at their checksums: the `-inside` targets wrap the bytes themselves, so that the
/// mutations reach what the archive holds.
let dataTargets = [
  Target(name: "table") { readTable($0) },
  Target(name: "gzip") { bytes in
    refusing { readTable(try gunzip(bytes, limit: limit)) }
  },
  Target(name: "gzip-inside") { bytes in
    refusing {
      require("inflated bytes are other bytes") { try gunzip(Wrapping.gzip(bytes), limit: 64 << 20) == bytes }
      readTable(bytes)
    }
  },
  Target(name: "npy") { bytes in
    refusing { read(try NumericArray(npy: bytes)) }
  },
  Target(name: "idx") { bytes in
    refusing { read(try NumericArray(idx: bytes)) }
  },
  Target(name: "npz") { readArchive($0) },
  Target(name: "npz-inside") { bytes in
    // An entry begins wherever an array does.
    let starts =
      [0] + bytes.indices.dropFirst().filter { bytes[$0...].starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) }
    let ends = starts.dropFirst() + [bytes.count]
    readArchive(Wrapping.zip(zip(starts, ends).enumerated().map { ("a\($0).npy", Array(bytes[$1.0..<$1.1])) }))
  },
  Target(name: "tcga") { bytes in
    for missing in TCGATable.Missing.allCases {
      for duplicates in TCGATable.Duplicates.allCases {
        refusing {
          let table = try TCGATable(bytes: bytes, duplicates: duplicates, missing: missing, areCounts: false)
          require("numbers are lost") { table.values.count == table.patients.count * table.features.count }
          require("a number is not finite") { table.values.allSatisfy(\.isFinite) }
        }
      }
    }
  },
]

/// The most that an input may become: far above every seed.
private let limit = 1 << 24

private func readTable(_ bytes: [UInt8]) {
  refusing {
    let table = try DataTable(bytes: bytes)
    for name in table.columns.prefix(8) {
      refusing {
        let cells = try table.doubles(in: name)
        require("rows are lost") { cells.count == table.rowCount }
      }
      refusing {
        let cells = try table.texts(in: name)
        require("rows are lost") { cells.count == table.rowCount }
      }
    }
    // Exact numbers of exponents such as 1e9999 are refused or slow only as their digits are.
    if let name = table.columns.first, table.rowCount <= 16 { refusing { _ = try table.numbers(in: name) } }
  }
}

private func read(_ array: NumericArray) {
  require("elements are lost") { array.doubles.count == array.count }
  refusing { _ = try array.integers() }
  refusing { try array.requireFinite() }
}

private func readArchive(_ bytes: [UInt8]) {
  refusing {
    let archive = try NPZ(bytes)
    try archive.requireSize(of: archive.names, limit: limit)
    for name in archive.names { refusing { read(try archive.array(name)) } }
    refusing { _ = try DataTable(npz: bytes) }
  }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import DataTables
import Datasets

/// Options of the commands that read tables of a user.
package struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Join several files by this column, which all have; without it row i of each is the same sample.",
      valueName: "column"))
  package var key: String?

  @Option(help: "What stands before decimals, point or comma, where the numbers themselves do not tell.")
  package var decimal: DecimalMark?

  @Flag(help: "Leave out rows in which a needed number is missing (empty, NA, NaN, NULL, None, …), and say how many.")
  package var dropMissing = false

  @Option(
    help: ArgumentHelp(
      "mean: the mean of a column's other numbers stands for a missing one, taken anew in every resample and fold; rows "
        + "without a label are left out.", valueName: "method"))
  package var impute: Imputation?

  @OptionGroup package var expansion: ExpansionOptions

  package init() {}

  package func validate() throws {
    if dropMissing, impute != nil { throw ValidationError("--drop-missing and --impute exclude each other") }
  }

  /// The table without missing numbers in the named columns, as asked for, and how many rows were left out.
  ///
  /// - Throws: `DataTableError`.
  package func prepared(_ table: DataTable, inputs: [String], labels: [String]) throws -> (
    table: DataTable, dropped: Int
  ) {
    if dropMissing { return try table.droppingMissing(in: inputs + labels) }
    guard impute != nil else { return (table, 0) }
    let (labelled, dropped) = try table.droppingMissing(in: labels)
    return (try labelled.imputingMeans(in: inputs), dropped)
  }

  /// What may be done about a missing number, for the end of an error.
  package static let missingAdvice =
    "; or leave such rows out, counted, with --drop-missing, or take means with --impute mean"
}

/// What stands for a missing number.
package enum Imputation: String, ExpressibleByArgument, CaseIterable { case mean }

/// How much of what is compressed may become of it.
package struct ExpansionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The most that a compressed file, an archive or a pipe may take in memory, as 500MiB or 4GiB (by default 1GiB).",
      valueName: "size"))
  package var expandLimit: ByteSize?

  package init() {}

  /// What `body` reads under this limit.
  package func reading<Value>(_ body: () throws -> Value) rethrows -> Value {
    try DataFile.$mostBytes.withValue(expandLimit?.bytes ?? DataFile.mostBytes, operation: body)
  }
}

/// A number of bytes such as 500MiB, 4GiB or 2GB.
package struct ByteSize: ExpressibleByArgument {
  package let bytes: Int

  package init?(argument: String) {
    let number = argument.prefix { $0.isASCII && $0.isNumber }
    let units = [
      "": 1, "B": 1, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000, "KIB": 1 << 10,
      "MIB": 1 << 20, "GIB": 1 << 30, "TIB": 1 << 40, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40,
    ]
    guard let count = Int(number), count > 0, let unit = units[argument.dropFirst(number.count).uppercased()],
      case (let bytes, false) = count.multipliedReportingOverflow(by: unit)
    else { return nil }
    self.bytes = bytes
  }
}

extension DecimalMark: ExpressibleByArgument {}

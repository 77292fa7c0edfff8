// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables
import PlainText

/// Why a text is not a table of The Cancer Genome Atlas; lines and columns count from 1.
public enum TCGAError: Error, Equatable, CustomStringConvertible {
  /// Not even a header line and a row.
  case empty
  /// The bytes of a line are not valid UTF-8.
  case notText(line: Int)
  /// A row with more or fewer fields than the header.
  case raggedRow(line: Int, found: Int, expected: Int)
  /// The text is no table for another reason.
  case malformed(DataTableError)
  /// Neither the header line nor the first column has barcodes.
  case noBarcodes(header: String, column: String)
  /// A field among barcodes is none.
  case notABarcode(line: Int, column: Int, String)
  /// Two features have one name.
  case duplicateFeature(String, line: Int, column: Int)
  /// Two samples of a primary tumour are of one patient.
  case duplicatePatient(String, line: Int, column: Int)
  /// A cell is no number.
  case notANumber(line: Int, column: Int, String)
  /// A cell of a table of counts is −1 or less, so that log2(1 + x) is no number.
  case notACount(line: Int, column: Int, String)
  /// A cell says that its number is missing.
  case missing(line: Int, column: Int)
  /// No sample is of a primary tumour.
  case noPrimaryTumours(samples: Int)
  /// Every feature, or every patient, has a missing number somewhere.
  case nothingLeft(of: String)

  /// The place, the rule that it breaks, and what to do, in one line.
  public var description: String {
    printableText(message)
  }

  private var message: String {
    switch self {
    case .empty: "no header line with a row below; one line of names and one of numbers are needed at least"
    case .notText(let line): "line \(line): not valid UTF-8; save the file as UTF-8"
    case .raggedRow(let line, let found, let expected):
      "line \(line): \(found) fields where the header has \(expected); complete the row"
    case .malformed(let error): error.description
    case .noBarcodes(let header, let column):
      "neither the header line (\(quoted(header))) nor the first column (\(quoted(column))) has barcodes as TCGA-OR-A5J2-01"
    case .notABarcode(let line, let column, let text):
      "line \(line), column \(column): \(quoted(text)) is no barcode as TCGA-OR-A5J2-01; remove the sample"
    case .duplicateFeature(let name, let line, let column):
      "line \(line), column \(column): a second feature \(quoted(name)); rename or remove one"
    case .duplicatePatient(let patient, let line, let column):
      "line \(line), column \(column): a second sample of patient \(patient); keep one, or take the first or the "
        + "mean with --repeated first or --repeated mean"
    case .notANumber(let line, let column, let text):
      "line \(line), column \(column): \(quoted(text, atMost: 40)) is no number"
    case .notACount(let line, let column, let text):
      "line \(line), column \(column): \(quoted(text, atMost: 40)) is no count: log2(1 + x) needs x > −1; if these are logarithms "
        + "or z-scores already, say so with --counts none"
    case .missing(let line, let column):
      "line \(line), column \(column): the number is missing; leave its feature or its patient out with "
        + "--missing drop-features or --missing drop-patients"
    case .noPrimaryTumours(let samples): "none of \(samples) samples is of a primary tumour (type 01 or 03)"
    case .nothingLeft(let what): "every one of the \(what) misses a number; drop the others instead"
    }
  }
}

extension TCGAError {
  /// What the reader of tables found.
  init(_ error: DataTableError) {
    switch error {
    case .empty: self = .empty
    case .notText(let line): self = .notText(line: line)
    case .raggedRow(let line, let found, let expected, _):
      self = .raggedRow(line: line, found: found, expected: expected)
    default: self = .malformed(error)
    }
  }
}

/// Why a text is not a table of The Cancer Genome Atlas; lines and columns count from 1.
public enum TCGAError: Error, Equatable, CustomStringConvertible {
  /// Not even a header line and a row.
  case empty
  /// The bytes of a line are not valid UTF-8.
  case notText(line: Int)
  /// A row with more or fewer fields than the header.
  case raggedRow(line: Int, found: Int, expected: Int)
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
  /// A cell says that its number is missing.
  case missing(line: Int, column: Int)
  /// No sample is of a primary tumour.
  case noPrimaryTumours(samples: Int)
  /// Every feature, or every patient, has a missing number somewhere.
  case nothingLeft(of: String)

  /// The place, the rule that it breaks, and what to do, in one line.
  public var description: String {
    message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\\n")
  }

  private var message: String {
    switch self {
    case .empty: "no header line with a row below; one line of names and one of numbers are needed at least"
    case .notText(let line): "line \(line): not valid UTF-8; save the file as UTF-8"
    case .raggedRow(let line, let found, let expected):
      "line \(line): \(found) fields where the header has \(expected); complete the row"
    case .noBarcodes(let header, let column):
      "neither the header line (\"\(header)\") nor the first column (\"\(column)\") has barcodes as TCGA-OR-A5J2-01"
    case .notABarcode(let line, let column, let text):
      "line \(line), column \(column): \"\(text)\" is no barcode as TCGA-OR-A5J2-01; remove the sample"
    case .duplicateFeature(let name, let line, let column):
      "line \(line), column \(column): a second feature \"\(name)\"; rename or remove one"
    case .duplicatePatient(let patient, let line, let column):
      "line \(line), column \(column): a second sample of patient \(patient); keep one, or ask for the first or the mean"
    case .notANumber(let line, let column, let text): "line \(line), column \(column): \"\(text)\" is no number"
    case .missing(let line, let column):
      "line \(line), column \(column): the number is missing; remove it, or ask to drop features or patients"
    case .noPrimaryTumours(let samples): "none of \(samples) samples is of a primary tumour (type 01 or 03)"
    case .nothingLeft(let what): "every one of the \(what) misses a number; drop the others instead"
    }
  }
}

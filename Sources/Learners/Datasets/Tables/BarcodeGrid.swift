// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables

/// The cells of a table with barcodes along one side and features along the other.
struct BarcodeGrid {
  /// A sample, and the place of its barcode in the file, from 1.
  struct Sample {
    let barcode: TCGABarcode
    let line, column: Int
  }

  private(set) var samples: [Sample] = []
  private(set) var features: [String] = []
  private let cells: TextCells
  private let samplesAreColumns: Bool
  /// The first row and the first column that hold numbers.
  private var firstRow = 0
  private let firstColumn: Int

  init(_ bytes: [UInt8]) throws(TCGAError) {
    do throws(DataTableError) { cells = try TextCells(bytes) } catch { throw TCGAError(error) }
    let header = cells.names
    guard cells.rowCount > 0 else { throw .empty }
    if let first = header.firstIndex(where: { TCGABarcode($0) != nil }), first > 0 {
      (samplesAreColumns, firstColumn) = (true, first)
      for column in first..<header.count { samples.append(try BarcodeGrid.sample(header[column], 1, column + 1)) }
      if try isSecondHeader(row: 0) { firstRow = 1 }
      guard cells.rowCount > firstRow else { throw .empty }
      for row in firstRow..<cells.rowCount { try addFeature(text(row, 0), cells.line(ofRow: row), 1) }
    } else if TCGABarcode(try BarcodeGrid.text(cells, 0, 0)) != nil {
      guard header.count > 1 else { throw .empty }
      (samplesAreColumns, firstColumn) = (false, 1)
      for row in 0..<cells.rowCount { samples.append(try BarcodeGrid.sample(text(row, 0), cells.line(ofRow: row), 1)) }
      for column in 1..<header.count { try addFeature(header[column], 1, column + 1) }
    } else {
      throw .noBarcodes(header: header.last ?? "", column: try BarcodeGrid.text(cells, 0, 0))
    }
  }

  /// Whether the row below the barcodes is Firehose's second header: the same word, no number, for every sample.
  private func isSecondHeader(row: Int) throws(TCGAError) -> Bool {
    let word = try text(row, firstColumn)
    if MissingWord.isOne(word) || decimalNumber(word[...]) != nil { return false }
    for column in firstColumn..<cells.columnCount where try text(row, column) != word { return false }
    return true
  }

  /// The number of a feature in a sample; NaN where it is missing and that is allowed.
  ///
  /// - Parameter areCounts: whether it is to be a count, whose logarithm is log2(1 + count).
  func number(
    feature: Int, sample: Int, missing: TCGATable.Missing, areCounts: Bool
  ) throws(TCGAError) -> Double {
    let (row, column) =
      samplesAreColumns ? (feature + firstRow, sample + firstColumn) : (sample, feature + firstColumn)
    let cell = try text(row, column)
    if let number = decimalNumber(cell[...]) {
      if areCounts, number <= -1 { throw .notACount(line: cells.line(ofRow: row), column: column + 1, cell) }
      return number
    }
    guard MissingWord.isOne(cell) else { throw .notANumber(line: cells.line(ofRow: row), column: column + 1, cell) }
    if missing == .refuse { throw .missing(line: cells.line(ofRow: row), column: column + 1) }
    return .nan
  }

  private mutating func addFeature(_ name: String, _ line: Int, _ column: Int) throws(TCGAError) {
    guard names.insert(name).inserted else { throw .duplicateFeature(name, line: line, column: column) }
    features.append(name)
  }

  private var names = Set<String>()

  private static func sample(_ text: String, _ line: Int, _ column: Int) throws(TCGAError) -> Sample {
    guard let barcode = TCGABarcode(text) else { throw .notABarcode(line: line, column: column, text) }
    return Sample(barcode: barcode, line: line, column: column)
  }

  private func text(_ row: Int, _ column: Int) throws(TCGAError) -> String { try BarcodeGrid.text(cells, row, column) }

  private static func text(_ cells: TextCells, _ row: Int, _ column: Int) throws(TCGAError) -> String {
    do throws(DataTableError) { return try cells.text(row: row, column: column) } catch { throw TCGAError(error) }
  }
}

/// A decimal number to the nearest Double; nil for anything else, such as "nan", "0x1p3" or "1e999".
func decimalNumber(_ text: Substring) -> Double? {
  let marks = "+-.eE".utf8
  guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || marks.contains($0) }),
    let number = Double(text), number.isFinite
  else { return nil }
  return number
}

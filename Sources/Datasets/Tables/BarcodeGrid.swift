/// The cells of a table with barcodes along one side and features along the other.
struct BarcodeGrid {
  /// A sample, and the place of its barcode in the file, from 1.
  struct Sample {
    let barcode: TCGABarcode
    let line, column: Int
  }

  private(set) var samples: [Sample] = []
  private(set) var features: [String] = []
  private let lines: [[Substring]]
  private let samplesAreColumns: Bool
  /// The first line and the first field that hold numbers.
  private let firstColumn: Int

  init(_ bytes: [UInt8]) throws(TCGAError) {
    lines = try BarcodeGrid.split(bytes)
    guard lines.count > 1 else { throw .empty }
    let header = lines[0]
    if let first = header.firstIndex(where: { TCGABarcode(String($0)) != nil }), first > 0 {
      (samplesAreColumns, firstColumn) = (true, first)
      for column in first..<header.count { samples.append(try BarcodeGrid.sample(header[column], 1, column + 1)) }
      for line in 1..<lines.count { try addFeature(lines[line][0], line + 1, 1) }
    } else if TCGABarcode(String(lines[1][0])) != nil {
      guard header.count > 1 else { throw .empty }
      (samplesAreColumns, firstColumn) = (false, 1)
      for line in 1..<lines.count { samples.append(try BarcodeGrid.sample(lines[line][0], line + 1, 1)) }
      for column in 1..<header.count { try addFeature(header[column], 1, column + 1) }
    } else {
      throw .noBarcodes(header: String(header.last ?? ""), column: String(lines[1][0]))
    }
  }

  /// The number of a feature in a sample; NaN where it is missing and that is allowed.
  func number(feature: Int, sample: Int, missing: TCGATable.Missing) throws(TCGAError) -> Double {
    let (line, column) = samplesAreColumns ? (feature + 1, sample + firstColumn) : (sample + 1, feature + firstColumn)
    let cell = lines[line][column]
    if let number = decimalNumber(cell) { return number }
    guard BarcodeGrid.missingWords.contains(String(cell)) else {
      throw .notANumber(line: line + 1, column: column + 1, String(cell.prefix(40)))
    }
    if missing == .refuse { throw .missing(line: line + 1, column: column + 1) }
    return .nan
  }

  private static let missingWords: Set = ["", "NA", "NaN", "nan", "N/A", "null", "?"]

  private mutating func addFeature(_ name: Substring, _ line: Int, _ column: Int) throws(TCGAError) {
    guard names.insert(name).inserted else { throw .duplicateFeature(String(name), line: line, column: column) }
    features.append(String(name))
  }

  private var names = Set<Substring>()

  private static func sample(_ text: Substring, _ line: Int, _ column: Int) throws(TCGAError) -> Sample {
    guard let barcode = TCGABarcode(String(text)) else { throw .notABarcode(line: line, column: column, String(text)) }
    return Sample(barcode: barcode, line: line, column: column)
  }

  /// The fields of every line; tabs separate them where the header has one, else commas.
  private static func split(_ bytes: [UInt8]) throws(TCGAError) -> [[Substring]] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    while let last = lines.last, last.isEmpty || last.elementsEqual([UInt8(ascii: "\r")]) { lines.removeLast() }
    let separator: Character = lines.first?.contains(UInt8(ascii: "\t")) == true ? "\t" : ","
    var table: [[Substring]] = []
    for (number, line) in lines.enumerated() {
      let content = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard let text = String(validating: content, as: UTF8.self) else { throw .notText(line: number + 1) }
      let fields = text.split(separator: separator, omittingEmptySubsequences: false)
      if let header = table.first, fields.count != header.count {
        throw .raggedRow(line: number + 1, found: fields.count, expected: header.count)
      }
      table.append(fields)
    }
    return table
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

// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables

/// A table of The Cancer Genome Atlas: samples named by barcodes, features by genes or proteins, separated by tabs or commas.
///
/// Both layouts are read: features × samples, as GDC, Xena, Firehose and cBioPortal publish, and samples × features. In the first, columns
/// between the features' names and the first barcode, as Entrez_Gene_Id, are skipped. Samples become patients: other samples than
/// primary tumours are left out and counted.
public struct TCGATable: Sendable {
  /// What to do with several samples of a patient's primary tumour.
  public enum Duplicates: String, Sendable, CaseIterable { case refuse, keepFirst = "first", average = "mean" }
  /// What to do with missing numbers, where a cell is empty or a `MissingWord`.
  public enum Missing: String, Sendable, CaseIterable {
    case refuse
    case dropFeatures = "drop-features"
    case dropPatients = "drop-patients"
  }

  /// The patients, in the file's order.
  public let patients: [String]
  /// The features, in the file's order.
  public let features: [String]
  /// The numbers, patients × features, row by row.
  public let values: [Double]
  /// How many samples were of no primary tumour.
  public let otherSamples: Int
  /// How many further samples of a patient were left out, or put into a mean.
  public let repeatedSamples: Int
  /// How many features were left out since a number is missing.
  public let droppedFeatures: Int
  /// How many patients were left out since a number is missing.
  public let droppedPatients: Int

  /// Reads a table.
  ///
  /// Values may be quoted, as R writes them, and a second header line below the barcodes, as Firehose's `normalized_count`, is skipped.
  ///
  /// - Parameter areCounts: whether the numbers are counts, whose logarithms are taken later: none may be −1 or less.
  /// - Throws: ``TCGAError``.
  public init(
    bytes: [UInt8], duplicates: Duplicates = .refuse, missing: Missing = .refuse, areCounts: Bool = false
  ) throws(TCGAError) {
    let grid = try BarcodeGrid(bytes)
    let kept = grid.samples.indices.filter { grid.samples[$0].barcode.isPrimaryTumour }
    guard !kept.isEmpty else { throw .noPrimaryTumours(samples: grid.samples.count) }
    otherSamples = grid.samples.count - kept.count
    var patients: [String] = []
    var samplesOf: [String: [Int]] = [:]
    for sample in kept {
      let (patient, line, column) = (
        grid.samples[sample].barcode.patient, grid.samples[sample].line, grid.samples[sample].column
      )
      if samplesOf[patient] == nil {
        patients.append(patient)
      } else if duplicates == .refuse {
        throw .duplicatePatient(patient, line: line, column: column)
      }
      samplesOf[patient, default: []].append(sample)
    }
    repeatedSamples = kept.count - patients.count
    let d = grid.features.count
    var values: [Double] = []
    values.reserveCapacity(patients.count * d)
    for patient in patients {
      let samples = samplesOf[patient] ?? []
      let used = duplicates == .average ? samples[...] : samples.prefix(1)
      for feature in 0..<d {
        var sum = 0.0
        for sample in used {
          sum += try grid.number(feature: feature, sample: sample, missing: missing, areCounts: areCounts)
        }
        values.append(sum / Double(used.count))
      }
    }
    let rows = patients.indices.filter { row in
      missing != .dropPatients || !values[(row * d)..<((row + 1) * d)].contains { $0.isNaN }
    }
    guard !rows.isEmpty else { throw .nothingLeft(of: "patients") }
    let columns = (0..<d).filter { column in
      missing != .dropFeatures || !patients.indices.contains { values[$0 * d + column].isNaN }
    }
    guard !columns.isEmpty else { throw .nothingLeft(of: "features") }
    self.patients = rows.map { patients[$0] }
    features = columns.map { grid.features[$0] }
    self.values = rows.flatMap { row in columns.map { values[row * d + $0] } }
    (droppedPatients, droppedFeatures) = (patients.count - rows.count, d - columns.count)
  }

  /// The numbers as a view of the patients.
  ///
  /// - Throws: ``DatasetError``.
  public func modality(_ name: String) throws(DatasetError) -> Modality {
    try Modality(name, features: features, values: values)
  }
}

extension DataFile {
  /// The TCGA table in it.
  ///
  /// - Throws: ``DataFileError``, of a ``TCGAError`` where it is none.
  public func tcgaTable(
    duplicates: TCGATable.Duplicates = .refuse, missing: TCGATable.Missing = .refuse, areCounts: Bool = false
  ) throws(DataFileError) -> TCGATable {
    let bytes = try bytes()
    try requireText(bytes)
    return try reading {
      try TCGATable(bytes: bytes, duplicates: duplicates, missing: missing, areCounts: areCounts)
    }
  }
}

// SPDX-License-Identifier: GPL-3.0-or-later
import DataTables

extension Dataset {
  /// Multiple Features: six views of 2,000 handwritten digits, fac, fou, kar, mor, pix and zer.
  ///
  /// - Parameter folder: where `fac.csv.gz` and so on are, and the digits in `labels.csv.gz`.
  /// - Throws: ``DataFileError``, ``DatasetError``.
  public static func mfeat(folder: String) throws -> Dataset {
    let names = ["fac", "fou", "kar", "mor", "pix", "zer"]
    let labels = try DataFile(folder + "/labels.csv.gz").labels(in: "digit")
    return try Dataset(
      "mfeat", modalities: names.map { try Modality($0, file: "\(folder)/\($0).csv.gz") }, labels: labels)
  }

  /// Nutrimouse: expression of 120 genes and 21 fatty acids of 40 mice.
  ///
  /// - Parameters:
  ///   - folder: where `gene.csv`, `lipid.csv` and `labels.csv` are.
  ///   - label: `genotype` (wt, ppar) or `diet` (five).
  /// - Throws: ``DataFileError``, ``DatasetError``.
  public static func nutrimouse(folder: String, label: String = "genotype") throws -> Dataset {
    let labels = try DataFile(folder + "/labels.csv").labels(in: label)
    return try Dataset(
      "nutrimouse", modalities: ["gene", "lipid"].map { try Modality($0, file: "\(folder)/\($0).csv") }, labels: labels)
  }

  /// Spoken digits: spectra and prosody of 3,000 recordings, and who speaks.
  ///
  /// - Parameter folder: where `logmel`, `prosody` and `labels` are, tables of comma-separated values, also with `.gz`; `labels` with columns
  ///   `digit` and `speaker`.
  /// - Returns: the views with the digit, and for every recording the number of its speaker.
  /// - Throws: ``DataFileError``, ``DatasetError``.
  public static func spokenDigits(folder: String) throws -> (recordings: Dataset, speakers: [Int]) {
    let labels = DataFile(table: "labels", in: folder)
    let modalities = try ["logmel", "prosody"].map { try Modality($0, file: DataFile(table: $0, in: folder).path) }
    let data = try Dataset("fsdd", modalities: modalities, labels: labels.labels(in: "digit"))
    return (data, try labels.labels(in: "speaker").indices)
  }

  /// TCGA, breast cancer: mRNA, miRNA and proteins of 150 patients with the subtype of their tumour.
  ///
  /// - Parameter folder: where `mrna`, `mirna`, `protein` and `labels` are, with a column `subtype`; row i of each is one patient.
  /// - Throws: ``DataFileError``, ``DatasetError``.
  public static func breastCancer(folder: String) throws -> Dataset {
    try patients("brca", folder, prefix: "", ["mrna", "mirna", "protein"])
  }

  /// 70 further patients, whose proteins were not measured: `test-mrna`, `test-mirna` and `test-labels`.
  ///
  /// - Throws: ``DataFileError``, ``DatasetError``.
  public static func breastCancerWithoutProtein(folder: String) throws -> Dataset {
    try patients("brca without protein", folder, prefix: "test-", ["mrna", "mirna"])
  }

  private static func patients(_ name: String, _ folder: String, prefix: String, _ views: [String]) throws -> Dataset {
    try Dataset(
      name,
      modalities: views.map { try Modality($0, file: DataFile(table: prefix + $0, in: folder).path) },
      labels: DataFile(table: prefix + "labels", in: folder).labels(in: "subtype"))
  }

  /// TCGA: mRNA, copy numbers (CNV) and proteins (RPPA) of the same patients, as the 45 with adrenocortical carcinoma in `acc`.
  ///
  /// Patients whose label is missing are left out.
  ///
  /// - Parameters:
  ///   - folder: where the tables `mrna`, `cnv` and `rppa` are, and `labels`, with a column `patient`: `.csv` or `.tsv` (of `labels`, CSV), also
  ///     with `.gz`.
  ///   - label: a column of `labels.csv`, as `advanced_stage` or `C1A`; it is the name of the data set.
  ///   - logarithms: the tables of counts, which are taken as log2(1 + count).
  ///   - duplicates: what to do with several samples of a patient's tumour.
  ///   - missing: what to do with missing numbers.
  /// - Throws: ``DataFileError``, ``DatasetError``.
  public static func tcga(
    folder: String, label: String, logarithms: [String] = [], duplicates: TCGATable.Duplicates = .refuse,
    missing: TCGATable.Missing = .refuse
  ) throws -> Dataset {
    let names = ["mrna", "cnv", "rppa"]
    let tables = try names.map {
      try DataFile(table: $0, in: folder).tcgaTable(
        duplicates: duplicates, missing: missing, areCounts: logarithms.contains($0))
    }
    let clinical = DataFile(table: "labels", in: folder)
    let table = try clinical.table()
    let (patients, classes) = try clinical.reading {
      let known = try table.droppingMissing(in: [label]).table
      return (try known.texts(in: "patient"), try known.texts(in: label))
    }
    let joined = try KeyedRows(
      [(name: "labels", keys: patients)] + zip(names, tables).map { (name: $0, keys: $1.patients) })
    let modalities = try tables.indices.map { index in
      let view = try tables[index].modality(names[index]).selecting(rows: joined.rows[index + 1])
      return try logarithms.contains(names[index]) ? view.logarithms() : view
    }
    return try Dataset(label, modalities: modalities, labels: ClassLabels(joined.rows[0].map { classes[$0] }))
  }
}

extension DataFile {
  /// The classes in a column of a CSV table.
  ///
  /// - Throws: ``DataFileError``.
  public func labels(in column: String) throws(DataFileError) -> ClassLabels {
    let table = try table()
    return try reading { try ClassLabels(table.texts(in: column)) }
  }
}

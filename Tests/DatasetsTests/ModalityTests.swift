// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import DataTables
import Testing

@testable import Datasets

/// Views, classes and joins, and the sets that come with the project.
@Suite struct ModalityTests {
  @Test func columnsAndFilesAreViews() throws {
    let table = try DataTable(csv: "name,a,b\nx,1,2\ny,3,4.5\n")
    let view = try Modality("view", of: table, columns: ["b", "a"])
    #expect(view.values == [2, 1, 4.5, 3] && view.rowCount == 2 && view.features == ["b", "a"])
    #expect(view.column(0) == [2, 4.5] && Array(view.row(1)) == [4.5, 3])
    #expect(view.selecting(rows: [1, 1, 0]).values == [4.5, 3, 4.5, 3, 2, 1])
    #expect(throws: DataTableError.self) { try Modality("view", of: table) }
    let file = try Modality("npy", file: Fixture.path("formats/f8.npy"))
    #expect(file.rowCount == 2 && file.features.count == 12 && file.features[5] == "1,1")
    #expect(file.values == Fixture.values(24, type: "f8"))
    #expect(try Modality("idx", file: Fixture.path("formats/images-idx3-ubyte.gz")).rowCount == 3)
    // One axis is one feature.
    let flat = try Modality("flat", of: NumericArray(npy: Fixture.bytes("version2.npy")))
    #expect(flat.rowCount == 5 && flat.features == ["0"])
  }

  @Test func badViewsAreNamed() {
    func error(_ features: [String], _ values: [Double]) -> DatasetError? {
      Fixture.error(DatasetError.self) { try Modality("v", features: features, values: values) }
    }
    #expect(error([], []) == .emptyModality("v") && error(["a"], []) == .emptyModality("v"))
    #expect(error(["a", "b"], [1, 2, 3]) == .wrongCount(modality: "v", expected: 4, found: 3))
    #expect(error(["a", "a"], [1, 2]) == .duplicateFeature(modality: "v", "a"))
    #expect(error(["a", "b"], [1, 2, 3, .nan]) == .notFinite(modality: "v", row: 2, feature: "b", value: "nan"))
    #expect(error(["a"], [-.infinity]) == .notFinite(modality: "v", row: 1, feature: "a", value: "-inf"))
  }

  @Test func classesAreOrderedAndChecked() throws {
    let labels = try ClassLabels(["10", "2", "2"])
    #expect(labels.classes == ["2", "10"] && labels.indices == [1, 0, 0] && labels.counts == [2, 1])
    #expect(try ClassLabels(["b", "a", "10"]).classes == ["10", "a", "b"])
    func error(_ names: [String]) -> DatasetError? { Fixture.error(DatasetError.self) { try ClassLabels(names) } }
    #expect(error([]) == .emptyLabel(row: 1) && error(["a", "", "b"]) == .emptyLabel(row: 2))
    #expect(error(["a", "a"]) == .oneClass("a", rows: 2))
    try labels.requireEveryClass(among: [0, 2], of: "all")
    #expect(throws: DatasetError.classMissing("10", from: "fold 3")) {
      try labels.requireEveryClass(among: [1, 2], of: "fold 3")
    }
  }

  @Test func setsAreChecked() throws {
    let two = try Modality("a", features: ["f"], values: [1, 2])
    let three = try Modality("b", features: ["f"], values: [1, 2, 3])
    let labels = try ClassLabels(["x", "y"])
    #expect(try Dataset("d", modalities: [two], labels: labels).modality("a") == two)
    func error(_ modalities: [Modality]) -> DatasetError? {
      Fixture.error(DatasetError.self) { try Dataset("d", modalities: modalities, labels: labels) }
    }
    #expect(error([]) == .emptyModality("d") && error([two, two]) == .duplicateModality("a"))
    #expect(
      error([two, three]) == .unequalRows(first: "modality \"b\"", rows: 3, second: "the label", otherRows: 2))
    #expect(throws: DatasetError.missingModality("z", available: ["a"])) {
      try Dataset("d", modalities: [two], labels: labels).modality("z")
    }
  }

  @Test func keysJoinTables() throws {
    let joined = try KeyedRows([("one", ["c", "a", "b"]), ("two", ["b", "x", "c"])])
    #expect(joined.keys == ["c", "b"] && joined.rows == [[0, 2], [2, 0]])
    #expect(throws: DatasetError.duplicateKey("a", table: "two", row: 3)) {
      try KeyedRows([("one", ["a"]), ("two", ["a", "b", "a"])])
    }
    #expect(throws: DatasetError.noCommonKeys(tables: ["one", "two"])) {
      try KeyedRows([("one", ["a"]), ("two", ["b"])])
    }
  }

  /// What fixtures/data/README.md says of the sets.
  @Test func cardsAreTrue() throws {
    let digits = try Dataset.mfeat(folder: Fixture.path("data/mfeat"))
    #expect(digits.rowCount == 2000 && digits.labels.counts == [Int](repeating: 200, count: 10))
    #expect(digits.modalities.map(\.features.count) == [216, 76, 64, 6, 240, 47])
    #expect(digits.modalities.allSatisfy { $0.constantFeatures.isEmpty })
    #expect(digits.modalities.map(\.repeatedFeatures.count) == [3, 0, 0, 0, 0, 0])
    let mice = try Dataset.nutrimouse(folder: Fixture.path("data/nutrimouse"))
    #expect(mice.labels.classes == ["ppar", "wt"] && mice.labels.counts == [20, 20])
    #expect(mice.modalities.map(\.features.count) == [120, 21])
    #expect(
      try Dataset.nutrimouse(folder: Fixture.path("data/nutrimouse"), label: "diet").labels.counts == [8, 8, 8, 8, 8])
    let cancer = try Dataset.tcga(folder: Fixture.path("data/acc"), label: "advanced_stage")
    #expect(cancer.rowCount == 45 && cancer.labels.counts == [27, 18])
    #expect(cancer.modalities.map(\.features.count) == [198, 198, 33])
    #expect(cancer.modalities.map(\.repeatedFeatures.count) == [0, 59, 0])
    let (rna, copies) = (Set(cancer.modalities[0].features), Set(cancer.modalities[1].features))
    #expect(rna.subtracting(copies) == ["PECAM1"] && copies.subtracting(rna) == ["SRSF1"])
    #expect(rna.isSuperset(of: cancer.modalities[2].features))
    #expect(try Dataset.tcga(folder: Fixture.path("data/acc"), label: "C1A").labels.counts == [20, 24])
    let tumours = try Dataset.breastCancer(folder: Fixture.path("data/brca"))
    #expect(tumours.labels.classes == ["Basal", "Her2", "LumA"] && tumours.labels.counts == [45, 30, 75])
    #expect(tumours.modalities.map(\.features.count) == [200, 184, 142])
    let further = try Dataset.breastCancerWithoutProtein(folder: Fixture.path("data/brca"))
    #expect(further.labels.classes == tumours.labels.classes && further.labels.counts == [21, 14, 35])
    #expect(further.modalities.map(\.features) == tumours.modalities.prefix(2).map(\.features))
  }

  /// The same of the recordings: everyone says everything 50 times.
  ///
  /// Of the larger table the head alone, as reading half a million numbers exactly takes a second; `cch experiment spoken` reads it.
  @Test func recordingsAreRead() throws {
    let folder = Fixture.path("data/fsdd")
    let labels = DataFile(table: "labels", in: folder)
    let (digits, speakers) = (try labels.labels(in: "digit"), try labels.labels(in: "speaker"))
    let said = Dictionary(grouping: zip(speakers.indices, digits.indices)) { "\($0) \($1)" }
    #expect(said.count == 60 && said.values.allSatisfy { $0.count == 50 })
    let prosody = try Modality("prosody", file: DataFile(table: "prosody", in: folder).path)
    #expect(prosody.features.count == 33 && prosody.rowCount == 3_000 && prosody.constantFeatures.isEmpty)
    let spectra = try DataFile(table: "logmel", in: folder).bytes()
    #expect(spectra.prefix { $0 != 10 }.count { $0 == 44 } == 159 && spectra.count { $0 == 10 } == 3_001)
  }

  /// Three digits of 2 × 2, named as `make data` names its files.
  @Test func digitsAreRead() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ bytes: [UInt8], _ name: String) throws {
      try Data(bytes).write(to: folder.appendingPathComponent(name))
    }
    try write(Fixture.bytes("images-idx3-ubyte.gz"), "mnist-images-idx3-ubyte.gz")
    try write([0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 7], "mnist-labels-idx1-ubyte.gz")
    let header = Array("{'descr': '|u1', 'fortran_order': False, 'shape': (3, 2, 2, 3), }".utf8)
    let start = NumericArray.npyMagic + [1, 0, UInt8(header.count), 0] + header
    try write(start + (0..<36).map { 7 * $0 }, "mnistm-images.npy")
    let set = try Dataset.digits(folder: folder.path)
    #expect(set.labels.classes == ["0", "7"] && set.labels.indices == [1, 0, 1])
    #expect(try set.modality("mnist").values == Fixture.values(12, type: "u1").map { $0 / 255 })
    #expect(try set.modality("mnistm").values == (0..<36).map { Double(7 * $0) / 255 })
    try write([0, 0, 8, 1, 0, 0, 0, 2, 7, 0], "mnist-labels-idx1-ubyte.gz")
    #expect(
      throws: DatasetError.unequalRows(first: "modality \"mnist\"", rows: 3, second: "the label", otherRows: 2)
    ) { try Dataset.digits(folder: folder.path) }
    try write([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7], "mnist-labels-idx1-ubyte.gz")
    let labels = Fixture.error(DataFileError.self) { try Dataset.digits(folder: folder.path) }
    #expect(labels?.reason as? ArrayFileError == .wrongShape(expected: "n", found: [1, 1]))
    try write([0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 7], "mnist-labels-idx1-ubyte.gz")
    try write(Fixture.bytes("f8.npy"), "mnistm-images.npy")
    let colour = Fixture.error(DataFileError.self) { try Dataset.digits(folder: folder.path) }
    #expect(colour?.reason as? ArrayFileError == .wrongShape(expected: "n × height × width × 3", found: [2, 3, 4]))
  }

  @Test func pipesAreRead() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("cch-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(mkfifo(path, 0o600) == 0)
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/bin/sh")
    writer.arguments = ["-c", "cat \"$0\" > \"$1\"", Fixture.path("formats/images-idx3-ubyte.gz"), path]
    try writer.run()
    #expect(try DataFile(path).array().shape == [3, 2, 2])
    writer.waitUntilExit()
  }

  @Test func filesAreNamedInErrors() throws {
    #expect(
      Fixture.error(DataFileError.self) { try DataFile("/nowhere.csv").table() }?.description
        == "/nowhere.csv: no such file")
    let folder = Fixture.error(DataFileError.self) { try DataFile(Fixture.folder).bytes() }
    #expect(folder?.description.hasSuffix("is a directory; name a file in it") == true)
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("cch-\(UUID().uuidString).csv.gz").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let whole = try Data(contentsOf: URL(fileURLWithPath: Fixture.path("data/mfeat/mor.csv.gz")))
    try whole.dropLast(100).write(to: URL(fileURLWithPath: path))
    let error = Fixture.error(DataFileError.self) { try DataFile(path).table() }
    #expect(error?.path == path && error?.reason is GzipError)
    try Data("a,b\n1,2\n3\n".utf8).write(to: URL(fileURLWithPath: path))
    let ragged = Fixture.error(DataFileError.self) { try Modality("m", file: path) }
    #expect(ragged?.reason as? DataTableError == .raggedRow(line: 3, found: 1, expected: 2))
  }
}

"""Plot KiCad boards as Gerber and drill files with KiCad's own plotter.

    python3 tests/drawings/plot.py OUT_DIR BOARD.kicad_pcb...

For each board a folder of its name: a file per layer, without any text (texts are not read), and one for all of its holes. Needs KiCad's
Python module (Debian: apt-get install kicad).
"""
import sys
from pathlib import Path

import pcbnew

LAYERS = ["F.Cu", "B.Cu", "F.Mask", "B.Mask", "F.Paste", "B.Paste", "F.SilkS", "B.SilkS", "F.Fab", "Edge.Cuts"]


def drop_texts(board):
    """What is written on the board, and dimensions, which are written, too."""
    for item in list(board.GetDrawings()):
        if not isinstance(item, pcbnew.PCB_SHAPE):
            board.Delete(item)
    for footprint in board.GetFootprints():
        footprint.Reference().SetVisible(False)
        footprint.Value().SetVisible(False)
        for item in list(footprint.GraphicalItems()):
            if not isinstance(item, pcbnew.FP_SHAPE):
                footprint.Delete(item)


def plot(path, folder):
    board = pcbnew.LoadBoard(str(path))
    drop_texts(board)
    folder.mkdir(parents=True, exist_ok=True)
    control = pcbnew.PLOT_CONTROLLER(board)
    options = control.GetPlotOptions()
    options.SetOutputDirectory(str(folder.resolve()))
    options.SetPlotReference(False)
    options.SetPlotValue(False)
    options.SetPlotFrameRef(False)
    options.SetSubtractMaskFromSilk(False)
    options.SetPlotViaOnMaskLayer(False)
    # Holes are a file of their own.
    options.SetDrillMarksType(pcbnew.PCB_PLOT_PARAMS.NO_DRILL_SHAPE)
    options.SetUseGerberX2format(True)
    options.SetGerberPrecision(6)
    options.SetCreateGerberJobFile(False)
    options.SetUseAuxOrigin(False)
    for name in LAYERS:
        layer = board.GetLayerID(name)
        if layer < 0:
            continue
        control.SetLayer(layer)
        control.OpenPlotfile(name.replace(".", "_"), pcbnew.PLOT_FORMAT_GERBER, name)
        control.PlotLayer()
        control.ClosePlot()
    drill = pcbnew.EXCELLON_WRITER(board)
    # Metric, decimal, plated and unplated holes together, slots as such.
    drill.SetFormat(True)
    drill.SetOptions(False, False, pcbnew.wxPoint(0, 0), True)
    drill.SetRouteModeForOvalHoles(False)
    drill.CreateDrillandMapFilesSet(str(folder.resolve()), True, False)


if __name__ == "__main__":
    for board in sys.argv[2:]:
        plot(Path(board), Path(sys.argv[1]) / Path(board).stem)

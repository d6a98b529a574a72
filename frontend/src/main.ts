import "@fontsource-variable/atkinson-hyperlegible-next";
import "@fontsource-variable/atkinson-hyperlegible-mono";
import "./styles/main.css";
import { startIslands } from "./islands/index.ts";

startIslands(document);

import { Router } from "express";

/** The form builder. */
export const routes = Router();
